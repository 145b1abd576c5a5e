import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedSystem } from '../support/embedded-system.js';
import { SseReader } from '../support/sse-reader.js';
import { until } from '../support/until.js';

/**
 * From the POST of a task to the message at a reader of the live stream, on the whole system as `npm start` brings it
 * up, idle: request, transaction, outbox, bus, projection, push. `npm run bench:stream`.
 */
const COUNT = Number(process.env['COUNT'] ?? 500);
const WARM_UP = 100;
const PAUSE_MILLISECONDS = 60;

const system = await EmbeddedSystem.start();
try {
  const authorization = `Bearer ${await system.token('tasks:read', 'tasks:assign', 'ioc:read')}`;
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const answer = await fetch(system.url('tasks') + path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const directive = await post<{ id: string }>('/v1/directives', {
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

  const toStream: number[] = [];
  const toAnswer: number[] = [];
  for (let number = 0; number < WARM_UP + COUNT; number += 1) {
    const title = `Phép đo số ${number}.`;
    const started = performance.now();
    await post('/v1/tasks', { directiveId: directive.id, title, leads: ['SKHCN'] });
    const answered = performance.now();
    await until(() => arrivals.has(title), 5_000);
    if (number >= WARM_UP) {
      toAnswer.push(answered - started);
      toStream.push(arrivals.get(title)! - started);
    }
    await sleep(PAUSE_MILLISECONDS);
  }
  reader.close();
  process.stdout.write(`${cpus().length} cores, ${COUNT} tasks one by one, idle system\n`);
  report('POST → its answer', toAnswer);
  report('POST → message on the stream (aim: p50 ≤ 8 ms, p99 ≤ 25 ms)', toStream);
} finally {
  await system.stop();
}

function report(name: string, times: number[]): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (quantile: number): string => sorted[Math.floor(sorted.length * quantile)]!.toFixed(1);
  process.stdout.write(`${name}: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms\n`);
}
