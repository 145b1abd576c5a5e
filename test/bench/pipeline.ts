import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, Publisher } from './pipeline/protocol.js';
import { openStage, startPipeline } from './pipeline/stage.js';

/**
 * Commit → outbox → JetStream → inbox → handler, ours against a hand-written minimum in the same run, each pipeline
 * with two processes, a database of each, and a broker of its own on the same PostgreSQL. `npm run bench:pipeline`.
 */
interface Figures {
  /** Commits handled a second, as they come. */
  throughput: number;
  /** Events of a backlog handled a second. */
  drain: number;
  /** From commit to inside the handler, ms, idle. */
  p50: number;
  p99: number;
}

const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const SECONDS = Number(process.env['SECONDS'] ?? 5);
const BACKLOG = Number(process.env['BACKLOG'] ?? 30_000);
const SLOW_COMMITS = Number(process.env['SLOW_COMMITS'] ?? 500);
const CONCURRENCY = 20;

const stage = await openStage();
try {
  const rounds: { limit: Figures; ours: Figures }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    // In turn, so that a machine whose speed drifts is the same to both.
    const limit = await measure('limit');
    rounds.push({ limit, ours: await measure('our') });
  }
  report(rounds);
} finally {
  await stage.close();
}

async function measure(kind: 'limit' | 'our'): Promise<Figures> {
  const pipeline = await startPipeline(kind);
  try {
    return await run(pipeline.publisher, pipeline.consumer);
  } finally {
    await pipeline.stop();
  }
}

async function run(publisher: Publisher, consumer: Consumer): Promise<Figures> {
  let expected = await publisher.commitFor(1_000, CONCURRENCY);
  await handled(consumer, expected);

  const started = performance.now();
  const committed = await publisher.commitFor(SECONDS * 1_000, CONCURRENCY);
  expected += committed;
  await handled(consumer, expected);
  const throughput = (committed / (performance.now() - started)) * 1_000;

  const drainStarted = performance.now();
  await publisher.backlog(BACKLOG);
  const stored = performance.now();
  expected += BACKLOG;
  await handled(consumer, expected);
  // The time to store the backlog is not part of it, but the relay may have begun within that transaction's end.
  const drain = (BACKLOG / (performance.now() - Math.max(drainStarted, stored - 50))) * 1_000;

  await sleep(1_000);
  const commits = await publisher.commitSlowly(SLOW_COMMITS, 8);
  await handled(consumer, expected + SLOW_COMMITS);
  const effects = await consumer.times();
  const latencies = Object.entries(commits)
    .map(([key, committedAt]) => Number(BigInt(effects[key]!) - BigInt(committedAt)) / 1e6)
    .sort((one, other) => one - other);
  return { throughput, drain, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

async function handled(consumer: Consumer, count: number): Promise<void> {
  const end = performance.now() + 120_000;
  while ((await consumer.applied()) < count) {
    if (performance.now() > end)
      throw new Error(`only ${await consumer.applied()} of ${count} events were handled`);
    await sleep(5);
  }
}

function quantile(sorted: number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!;
}

function median(values: number[]): number {
  return quantile(
    [...values].sort((one, other) => one - other),
    0.5,
  );
}

function report(rounds: { limit: Figures; ours: Figures }[]): void {
  const rows: [keyof Figures, string, number, 'at least' | 'at most'][] = [
    ['throughput', 'commits handled as they come, /s', 0.8, 'at least'],
    ['drain', 'backlog drained, /s', 0.8, 'at least'],
    ['p50', 'commit → handler p50, ms', 2, 'at most'],
    ['p99', 'commit → handler p99, ms', 3, 'at most'],
  ];
  process.stdout.write(
    `${cpus().length} cores, ${rounds.length} rounds in turn, medians; ratio = ours / limit, median of pairs\n`,
  );
  for (const [figure, name, bound, direction] of rows) {
    const limit = median(rounds.map((round) => round.limit[figure]));
    const ours = median(rounds.map((round) => round.ours[figure]));
    const ratio = median(rounds.map((round) => round.ours[figure] / round.limit[figure]));
    const met = direction === 'at least' ? ratio >= bound : ratio <= bound;
    const digits = figure.startsWith('p') ? 2 : 0;
    process.stdout.write(
      `${name.padEnd(34)} limit ${limit.toFixed(digits).padStart(7)}  ours ${ours.toFixed(digits).padStart(7)}  ratio ${ratio.toFixed(2)} (${direction} ${bound}: ${met ? 'met' : 'MISSED'})\n`,
    );
  }
}
