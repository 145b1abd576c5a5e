import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedSystem } from '../support/embedded-system.js';
import { SseReader } from '../support/sse-reader.js';
import { until } from '../support/until.js';
import type { Listener } from './pipeline/protocol.js';
import { openStage, startPipeline } from './pipeline/stage.js';

/**
 * From the POST of a task to the message at a reader of the live stream, on the whole system as `npm start` brings it
 * up, idle: request, transaction, outbox, bus, projection, push. In turn with it, a hand-written minimum does the same
 * with Node's own HTTP server and nothing optional, as the limit of this machine. `npm run bench:stream`.
 */
const COUNT = Number(process.env['COUNT'] ?? 500);
const WARM_UP = 100;
const PAUSE_MILLISECONDS = 60;

interface Path {
  /** Sends one request; answers the key by which it will be known on the stream. */
  post(number: number): Promise<string>;
  reader: SseReader;
  arrivals: Map<string, number>;
  toAnswer: number[];
  toStream: number[];
}

const system = await EmbeddedSystem.start();
const stage = await openStage();
const limit = await startPipeline('limit');
try {
  const paths = [await limitPath(), await ourPath()];
  for (let number = 0; number < WARM_UP + COUNT; number += 1) {
    for (const path of paths) await measure(path, number);
  }
  for (const { reader } of paths) reader.close();
  process.stdout.write(`${cpus().length} cores, ${COUNT} requests one by one, idle\n`);
  report('limit: POST → its answer', paths[0]!.toAnswer);
  report('limit: POST → message on the stream', paths[0]!.toStream);
  report('ours: POST → its answer', paths[1]!.toAnswer);
  report('ours: POST → message on the stream (aim: p50 ≤ 8 ms, p99 ≤ 25 ms)', paths[1]!.toStream);
} finally {
  await limit.stop();
  await stage.close();
  await system.stop();
}
process.exit();

async function measure(path: Path, number: number): Promise<void> {
  const started = performance.now();
  const key = await path.post(number);
  const answered = performance.now();
  await until(() => path.arrivals.has(key), 5_000);
  if (number >= WARM_UP) {
    path.toAnswer.push(answered - started);
    path.toStream.push(path.arrivals.get(key)! - started);
  }
  await sleep(PAUSE_MILLISECONDS);
}

async function limitPath(): Promise<Path> {
  const address = await (limit.publisher as unknown as Listener).listen();
  const arrivals = new Map<string, number>();
  const reader = await SseReader.open(await (limit.consumer as unknown as Listener).listen(), {}, (text) => {
    const now = performance.now();
    for (const [key] of text.matchAll(/[0-9a-f-]{36}/g)) arrivals.set(key, now);
  });
  const post = async (): Promise<string> => (await fetch(address, { method: 'POST', body: '{}' })).text();
  return { post, reader, arrivals, toAnswer: [], toStream: [] };
}

async function ourPath(): Promise<Path> {
  const authorization = `Bearer ${await system.token('tasks:read', 'tasks:assign', 'ioc:read')}`;
  const create = async <Answer>(path: string, body: object): Promise<Answer> => {
    const answer = await fetch(system.url('tasks') + path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const directive = await create<{ id: string }>('/v1/directives', {
    kind: 'letter',
    issuer: 'VPUBND',
    subject: 'Đo thời gian',
  });
  const arrivals = new Map<string, number>();
  const reader = await SseReader.open(`${system.url('gateway')}/ioc/v1/stream`, { authorization }, (text) => {
    const now = performance.now();
    for (const [title] of text.matchAll(/Phép đo số \d+\./g)) {
      if (!arrivals.has(title)) arrivals.set(title, now);
    }
  });
  await until(() => reader.of('snapshot').length === 1);
  const post = async (number: number): Promise<string> => {
    const title = `Phép đo số ${number}.`;
    await create('/v1/tasks', { directiveId: directive.id, title, leads: ['SKHCN'] });
    return title;
  };
  return { post, reader, arrivals, toAnswer: [], toStream: [] };
}

function report(name: string, times: number[]): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (quantile: number): string => sorted[Math.floor(sorted.length * quantile)]!.toFixed(1);
  process.stdout.write(`${name}: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms\n`);
}
