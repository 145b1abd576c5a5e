import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchGrantAccess, type GrantAccess } from '#libs/agency-client';
import { InstallationSecrets } from '../../../deploy/secrets/process-secrets.js';
import { requestToken } from '../../../deploy/token/request-token.js';
import { EmbeddedSystem } from '../../support/embedded-system.js';
import { until } from '../../support/until.js';

const RECEIVER_SCOPES = ['registry:read', 'registry:write', 'sharing:request', 'sharing:decide'];

/** The whole system as `npm start` brings it up, with as many further agencies as a measurement needs. */
export class Province {
  private readonly tokens = new Map<string, string>();

  private constructor(readonly system: EmbeddedSystem) {}

  /** @param agencies codes to add to the reference list, marked as made for a measurement */
  static async start(agencies: readonly string[] = []): Promise<Province> {
    const folder = mkdtempSync(join(tmpdir(), 'ioc-reference-'));
    cpSync('libs/reference/data', folder, { recursive: true });
    const file = join(folder, 'agencies.json');
    const list = JSON.parse(readFileSync(file, 'utf8')) as { agencies: { code: string }[] };
    const example = list.agencies.find(({ code }) => code === 'STC');
    const added = agencies.map((code) => ({ ...example, code, name: `Cơ quan dùng để đo ${code}` }));
    writeFileSync(file, JSON.stringify({ ...list, agencies: [...list.agencies, ...added] }));
    process.env['REFERENCE_DIR'] = folder;
    return new Province(await EmbeddedSystem.start());
  }

  async token(agency: string): Promise<string> {
    const known = this.tokens.get(agency);
    if (known !== undefined) return known;
    const client = new InstallationSecrets(this.system.dataDir).developerClient();
    const token = await requestToken(this.system.url('identity'), client, {
      scopes: RECEIVER_SCOPES,
      agency,
    });
    this.tokens.set(agency, token);
    return token;
  }

  async call<Answer>(agency: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.system.url('registry')}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${await this.token(agency)}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  /** A dataset that must be shared: whoever asks for it has a grant at once. */
  async dataset(provider: string): Promise<{ id: string; code: string }> {
    return this.call(provider, '/v1/datasets', {
      slug: 'do',
      title: { vi: `Số liệu đo của ${provider}`, en: `Measured data of ${provider}` },
      meaning: { vi: 'Chỉ dùng để đo', en: 'For measuring only' },
      fields: [{ name: 'id', type: 'string' }],
      access: 'mandatory',
      legalGround: 'Chỉ dùng để đo',
    });
  }

  async datasetIdOf(code: string): Promise<string> {
    const find = async () => {
      const { items } = await this.call<{ items: { id: string; code: string }[] }>(
        'STC',
        `/v1/datasets?q=${code}&limit=500`,
      );
      return items.find((dataset) => dataset.code === code);
    };
    await until(async () => (await find()) !== undefined);
    return (await find())!.id;
  }

  /** @returns the grant */
  async grant(receiver: string, datasetId: string): Promise<string> {
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const { grantId } = await this.call<{ grantId: string }>(receiver, '/v1/sharing-requests', {
      datasetId,
      purpose: 'Đo hiệu năng',
      legalGround: 'Chỉ dùng để đo',
      validFrom: today,
      validUntil: today,
      method: 'sync',
      contact: { name: 'Đo hiệu năng' },
    });
    return grantId;
  }

  /** Connection and credentials of a grant, once its consumer is there. */
  async access(receiver: string, grant: string): Promise<GrantAccess> {
    const isOpen = async () =>
      (await this.call<{ standing: object | null }>(receiver, `/v1/grants/${grant}/connection`)).standing;
    await until(async () => (await isOpen()) !== null, 60_000);
    return fetchGrantAccess(this.system.url('registry'), await this.token(receiver), grant);
  }

  /** Messages that the exchange log has as delivered from these agencies, today and yesterday by UTC. */
  async recorded(providers: ReadonlySet<string>): Promise<number> {
    const day = (offset: number): string =>
      new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const { items } = await this.call<{ items: { provider: string; messages: number }[] }>(
      'SKHCN',
      `/v1/exchange-statistics?from=${day(-1)}&to=${day(1)}`,
    );
    return items
      .filter(({ provider }) => providers.has(provider))
      .reduce((sum, { messages }) => sum + messages, 0);
  }
}
