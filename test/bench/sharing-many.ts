import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, credsAuthenticator, headers } from '@nats-io/transport-node';
import type { AgencyClient } from '#libs/agency-client';
import { readRunState } from '../../deploy/embedded/run-state.js';
import { until } from '../support/until.js';
import { Province, quantiles } from './sharing/province.js';

/**
 * 200 agencies with a grant each, of 20 datasets; 500 events a second published, each for ten agencies; one agency takes
 * its events and never finishes. Latency, memory and connections are printed. `npm run bench:sharing-many`.
 */
const AGENCIES = Number(process.env['AGENCIES'] ?? 200);
const DATASETS = Number(process.env['DATASETS'] ?? 20);
const RATE = Number(process.env['RATE'] ?? 500);
const RUN_SECONDS = Number(process.env['RUN_SECONDS'] ?? 20);
const TICK_MILLISECONDS = 20;

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`);
const providers = numbered('DC', DATASETS);
const codes = numbered('DO', AGENCIES);
const province = await Province.start([...providers, ...codes]);
const { system } = province;
try {
  const datasets = await inTurn(providers, (code) => province.dataset(code));
  const grants = await inTurn(codes, (code, index) => province.grant(code, datasets[index % DATASETS]!.id));
  const latencies: number[] = [];
  let measuring = false;
  const counts = new Map<string, number>();
  const stuck = codes.at(-1)!;
  const clients: AgencyClient[] = [];
  await inTurn(codes, async (code, index) => {
    const client = await province.connect(code, grants[index]!);
    clients.push(client);
    const forever = new Promise<void>(() => undefined);
    void client
      .follow<{ sentAt: number }>((events) => {
        if (code === stuck) return forever;
        const now = performance.timeOrigin + performance.now();
        counts.set(code, (counts.get(code) ?? 0) + events.length);
        if (measuring) latencies.push(...events.map(({ data }) => now - data.sentAt));
        return Promise.resolve();
      })
      .catch((error: unknown) => process.stderr.write(`${code}: ${String(error)}\n`));
  });
  const connections = clients.length;
  process.stderr.write(`${connections} agencies are connected\n`);

  const state = readRunState(join(system.dataDir, 'run.json'))!;
  const bus = await connect({
    servers: state.natsUrl,
    inboxPrefix: '_INBOX.registry',
    authenticator: credsAuthenticator(readFileSync(join(system.dataDir, 'bus/credentials/registry.creds'))),
    noAsyncTraces: true,
  });
  const stream = jetstream(bus);
  let published = 0;
  const publish = (): Promise<unknown> => {
    const { code } = datasets[published % DATASETS]!;
    const record = `r${Math.floor(published / DATASETS) % 50}`;
    published += 1;
    const head = headers();
    const type = `vn.ioc.agencies.${code}.changed.v1`;
    head.append('ce-id', crypto.randomUUID());
    head.append('ce-type', type);
    head.append('ce-subject', record);
    head.append('ce-sequence', String(published));
    head.append('ce-time', new Date().toISOString());
    const sentAt = performance.timeOrigin + performance.now();
    const data = JSON.stringify({ id: record, version: published, sentAt, changed: [] });
    return stream.publish(`ioc.agencies.${code}.${record}`, data, { headers: head });
  };
  await publish();
  measuring = true;
  const started = performance.now();
  const perTick = (RATE * TICK_MILLISECONDS) / 1_000;
  for (let tick = 1; tick <= (RUN_SECONDS * 1_000) / TICK_MILLISECONDS; tick += 1) {
    await Promise.all(Array.from({ length: perTick }, publish));
    await sleep(Math.max(0, started + tick * TICK_MILLISECONDS - performance.now()));
  }
  const seconds = (performance.now() - started) / 1_000;
  const expected = published * (AGENCIES / DATASETS) - Math.ceil(published / DATASETS);
  const delivered = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  await until(() => delivered() >= expected, 60_000);
  const memory = memoryOf({ bus: 'nats-server', registry: 'apps/registry/src/main.js' }, system.dataDir);
  process.stdout.write(
    `${cpus().length} cores; ${connections} agencies, ${DATASETS} datasets, one agency stuck, everything on one machine\n` +
      `published ${(published / seconds).toFixed(0)}/s, delivered ${(delivered() / seconds).toFixed(0)}/s (${delivered()} of ${expected})\n` +
      `published → agency's handler: ${quantiles(latencies)}\n` +
      `resident memory: ${memory}\n`,
  );
} finally {
  await system.stop();
}
process.exit();

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}

/** Resident memory of processes of this system, found by their command line. */
function memoryOf(words: Record<string, string>, dataDir: string): string {
  const lines = execFileSync('ps', ['-eo', 'rss,args'], { encoding: 'utf8' }).split('\n');
  return Object.entries(words)
    .map(([name, word]) => {
      const own = lines.filter((line) => line.includes(word) && line.includes(dataDir));
      const kilobytes = Math.max(0, ...own.map((line) => Number(line.trim().split(/\s+/)[0])));
      return `${name} ${(kilobytes / 1_024).toFixed(0)} MB`;
    })
    .join(', ');
}
