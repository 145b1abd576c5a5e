import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { SharingDatasetState } from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import type { GrantView } from '../../apps/registry/src/sharing/grants/grant.view.js';
import type { RequestView } from '../../apps/registry/src/sharing/requests/request.view.js';
import { type Caller, DataServiceLab, good, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

/** Why and by what law something is refused or stopped. */
export const REFUSAL = { reason: 'Dữ liệu đang rà soát', legalGround: 'Khoản 2 Điều 16 (ví dụ)' };

/** The last day that requests of these tests ask for, unless they say otherwise. */
export const LAST_DAY = '2026-12-31';

/** A present enterprise in these tests. */
export const ENTERPRISE = 'KTCTTL';

/** A registry with agencies that share and ask. */
export class SharingLab {
  private made = 0;

  private constructor(
    readonly lab: DataServiceLab,
    readonly base: string,
  ) {}

  static async open(): Promise<SharingLab> {
    const lab = await DataServiceLab.open('registry', registryService);
    const directory = await mkdtemp(join(tmpdir(), 'sharing-'));
    await cp('libs/reference/data', directory, { recursive: true });
    const list = join(directory, 'agencies.json');
    await writeFile(list, withPresent(ENTERPRISE, await readFile(list, 'utf8')));
    const base = await lab.start(directory);
    await rm(directory, { recursive: true });
    return new SharingLab(lab, base);
  }

  /** A person of an agency with all rights that sharing knows. */
  as(agency: string | null): Promise<Caller> {
    return this.lab.as(
      this.base,
      agency,
      'registry:read',
      'registry:write',
      'sharing:request',
      'sharing:decide',
    );
  }

  /** Registers a dataset of the agency. */
  async dataset(provider: Caller, changes: Record<string, unknown> = {}): Promise<SharingDatasetState> {
    this.made += 1;
    const json = {
      slug: `bo-${this.made}`,
      title: { vi: `Bộ dữ liệu ${this.made}`, en: `Dataset ${this.made}` },
      meaning: { vi: 'Dữ liệu thử', en: 'Data of a test' },
      fields: [
        { name: 'id', type: 'string' },
        { name: 'giaDat', type: 'integer', meaning: 'Giá đất, đồng/m²' },
        { name: 'thuaDat', type: 'string' },
      ],
      ...changes,
    };
    return good(provider('/v1/datasets', { json }));
  }

  /** Asks for a dataset. */
  async request(
    requester: Caller,
    datasetId: string,
    changes: Record<string, unknown> = {},
  ): Promise<RequestView> {
    return good(requester('/v1/sharing-requests', { json: { ...requestFor(datasetId), ...changes } }));
  }

  /** A granted request's grant. */
  async granted(
    provider: Caller,
    requester: Caller,
    changes: Record<string, unknown> = {},
  ): Promise<GrantView> {
    const { id } = await this.request(requester, (await this.dataset(provider)).id, changes);
    const { grantId } = await good<RequestView>(
      provider(`/v1/sharing-requests/${id}/grant`, { json: { document: 'Văn bản số 1/VB' } }),
    );
    return good(provider(`/v1/grants/${grantId ?? ''}`));
  }

  /** States that the events of an aggregate told, once their types, schemas and versions have been checked. */
  async eventsOf(aggregate: string, expected: readonly string[]): Promise<unknown[]> {
    const events = (await this.lab.events()).filter(({ type }) => type.includes(`.${aggregate}.`));
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types).toEqual([...expected].sort());
    for (const subject of new Set(events.map((event) => event.subject))) {
      const versions = events.filter((event) => event.subject === subject).map(({ sequence }) => sequence);
      expect([subject, versions]).toEqual([subject, versions.map((_, index) => index + 1)]);
    }
    return events.map(({ data }) => data);
  }

  /** Actions of the history, the newest first. */
  async history(who: Caller, path: string): Promise<unknown[]> {
    return itemsOf(await who(`/v1/${path}/history`)).map(({ action }) => action);
  }
}

/** The reference list with an agency in the present that it knows from the past only. */
function withPresent(code: string, list: string): string {
  const reference = JSON.parse(list) as { agencies: { code: string; current: boolean }[] };
  for (const agency of reference.agencies) if (agency.code === code) agency.current = true;
  return JSON.stringify(reference);
}

/** A complete request. */
export function requestFor(datasetId: string): Record<string, unknown> {
  return {
    datasetId,
    purpose: 'Tổng hợp báo cáo phục vụ chỉ đạo, điều hành',
    legalGround: 'Kế hoạch của UBND tỉnh',
    validFrom: '2026-04-20',
    validUntil: LAST_DAY,
    method: 'sync',
    contact: { name: 'Phòng Chuyển đổi số' },
  };
}

/** A step of a request, grant or dataset. */
export const step = (who: Caller, path: string, json: Record<string, unknown> = {}, headers = {}) =>
  who(`/v1/${path}`, { json, headers });

export const idsOf = async (who: Caller, path: string) => itemsOf(await who(path)).map(({ id }) => id);
