import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { ServiceConfig } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ExchangeLog } from '../../apps/registry/src/exchange-log/exchange-log.js';
import { Sealer } from '../../apps/registry/src/exchange-log/chain/sealer.js';
import type { GrantOfRecord } from '../../apps/registry/src/exchange-log/records.js';
import { run } from '../../apps/registry/src/exchange-log/verify/run.js';
import { registryService } from '../../apps/registry/src/service.js';
import { until } from '../support/until.js';
import { DataServiceLab } from './data-service.js';

/** A grant of REGISTRY's databases from Sở KH&CN to Sở Tài chính. */
export const GRANT: GrantOfRecord = {
  id: '01990000-aaaa-7000-8000-000000000001',
  datasetCode: 'registry.database',
  provider: 'SKHCN',
  receiver: 'STC',
  purpose: 'Lập dự toán năm sau',
};

/** The registry with an exchange log that is signed; its folders end with it. */
export class ExchangeLogLab {
  readonly folder = mkdtempSync(join(tmpdir(), 'ioc-exchange-'));
  readonly keysDirectory = join(this.folder, 'keys');
  readonly archiveDirectory = join(this.folder, 'archive');

  private constructor(readonly service: DataServiceLab) {}

  static async open(): Promise<ExchangeLogLab> {
    const service = await DataServiceLab.open('registry', (config: ServiceConfig) => registryService(config));
    const lab = new ExchangeLogLab(service);
    process.env['EXCHANGE_LOG_KEYS_DIR'] = lab.keysDirectory;
    process.env['EXCHANGE_LOG_ARCHIVE_DIR'] = lab.archiveDirectory;
    process.env['ROUND_MILLISECONDS'] = '50';
    lab.addKey('0001');
    return lab;
  }

  addKey(name: string): void {
    mkdirSync(this.keysDirectory, { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(this.keysDirectory, `${name}.pem`), pem);
  }

  /** A provider of a replica, the first one unless another is named. */
  get<T>(type: Type<T>, replica = 0): T {
    return this.service['replicas'][replica]!.get(type, { strict: false });
  }

  run(work: (log: ExchangeLog) => void, replica = 0): Promise<void> {
    return this.get(TransactionScope, replica).run(() => {
      work(this.get(ExchangeLog, replica));
      return Promise.resolve();
    });
  }

  /** Delivers so many messages in one record, the first of them numbered as given. */
  deliver(first: number, count: number, replica = 0): Promise<void> {
    return this.run((log) => {
      log.delivered({
        channel: 'http',
        grant: GRANT,
        stream: 'REGISTRY',
        messages: Array.from({ length: count }, (_, index) => ({
          sequence: first + index,
          id: `message-${first + index}`,
          digest: String(first + index).padStart(64, '0'),
        })),
        firstSentAt: this.service.clock.now(),
      });
    }, replica);
  }

  /** The grant as the sharing's tables have it. */
  async insertGrant(): Promise<void> {
    const id = (digit: number): string => `'01990000-bbbb-7000-8000-00000000000${digit}'`;
    const days = `'2026-01-01', '2026-12-31'`;
    await this.service.rows(`
      INSERT INTO sharing_dataset (id, version, code, service, provider, title, meaning, stream, subject, fields, schema,
        classification, access, master, state, created_at, updated_at)
      VALUES (${id(1)}, 1, '${GRANT.datasetCode}', 'registry', '${GRANT.provider}', '{"vi":"","en":""}',
        '{"vi":"","en":""}', 'REGISTRY', 'ioc.registry.database.*', '[]', '{}', 'shared', 'mandatory', true, 'open',
        now(), now())
      ON CONFLICT (code) DO NOTHING`);
    await this.service.rows(`
      INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, valid_from, valid_until,
        method, contact, state, submitted_at, due_on, decided_at, decision)
      SELECT ${id(2)}, 1, id, '${GRANT.receiver}', '${GRANT.purpose}', 'Nghị định số 278/2025/NĐ-CP', ${days},
        'sync', '{}', 'granted', now(), '2026-12-31', now(), '{}'
      FROM sharing_dataset WHERE code = '${GRANT.datasetCode}'`);
    await this.service.rows(`
      INSERT INTO sharing_grant (id, version, request_id, dataset_id, receiver, provider, purpose, method, valid_from,
        valid_until, state, state_at, opening_due_on)
      SELECT '${GRANT.id}', 1, ${id(2)}, dataset_id, '${GRANT.receiver}', '${GRANT.provider}', '${GRANT.purpose}',
        'sync', ${days}, 'active', now(), '2026-12-31'
      FROM sharing_request WHERE id = ${id(2)}`);
  }

  /** Waits until nothing waits to be sealed. */
  async sealed(): Promise<void> {
    this.get(Sealer).wake();
    await until(async () => {
      const rows = await this.service.rows('SELECT 1 FROM exchange_pending');
      return rows.length === 0;
    });
  }

  /** Waits until the last record is signed for, too. */
  async signed(): Promise<void> {
    await this.sealed();
    await until(async () => {
      const [head] = await this.service.rows<{ signed: boolean }>(
        'SELECT sequence = checkpoint AS signed FROM exchange_head',
      );
      return head?.signed;
    });
  }

  /** Records of one message each, sealed one by one. */
  async deliverOneByOne(first: number, count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await this.deliver(first + index, 1);
      await this.sealed();
    }
    await this.signed();
  }

  async publishedKeys(base: string): Promise<{ id: string; publicKey: string }[]> {
    const answer = await this.service.anonymous(base)('/v1/exchange-log/keys');
    return answer.body['keys'] as { id: string; publicKey: string }[];
  }

  /** A file for `--keys`. */
  keysFile(keys: { id: string; publicKey: string }[]): string {
    const file = join(this.folder, 'keys.json');
    writeFileSync(file, JSON.stringify({ keys }));
    return file;
  }

  /** The whole log as NDJSON. */
  async export(base: string, query = ''): Promise<string> {
    const token = await this.service.token('CAT', 'registry:read');
    const response = await fetch(`${base}/v1/exchange-log/export${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response.text();
  }

  /** Writes files and has them verified as an auditor does. */
  async verify(
    files: Record<string, string>,
    ...options: string[]
  ): Promise<{ code: number; output: string }> {
    const paths = Object.entries(files).map(([name, content]) => {
      const path = join(this.folder, name);
      writeFileSync(path, content);
      return path;
    });
    const said: string[] = [];
    const code = await run([...options, '--language', 'en', ...paths], (line) => said.push(line));
    return { code, output: said.join('\n') };
  }

  async close(): Promise<void> {
    await this.service.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The program itself, from its source, in a process of its own. */
export function verifyInProcessOfItsOwn(args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = join(process.cwd(), 'apps/registry/src/exchange-log/verify/main.ts');
  const hooks = join(process.cwd(), 'test/e2e/http-typescript.mjs');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', hooks, program, ...args],
      { env: { PATH: process.env['PATH'] } },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
          output: stdout + stderr,
        });
      },
    );
  });
}
