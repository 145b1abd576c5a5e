import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SystemClock } from '#libs/calendar';
import { freePort } from '../../deploy/embedded/free-port.js';
import { startPostgres } from '../../deploy/embedded/postgres.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats } from '../support/nats.js';
import { createDatabase } from '../support/postgres.js';
import { ServiceProcess } from '../support/service-process.js';
import { cpuTime, type CpuTime, perAnswer } from './tasks-at-scale/cpu.js';
import { generateTasks } from './tasks-at-scale/generate.js';
import { keepFigures } from './tasks-at-scale/kept-figures.js';
import { type Figures, measure } from './tasks-at-scale/load.js';
import { explainHotQueries } from './tasks-at-scale/plans.js';
import { type Question, questionsOf } from './tasks-at-scale/questions.js';
import { rawLimit } from './tasks-at-scale/raw-limit.js';

/**
 * Lists, filters, "as of" and scoreboards over 100,000 tasks of five versions each, asked of the service's process over
 * HTTP at 20 requests in flight, with the settings of `npm start`. `npm run bench:tasks`; writes the plans of the hot
 * queries beside itself. COUNT, REQUESTS (for each question) and ONLY (parts of questions' names, separated by |)
 * change the run. Beside the times stands how long a processor worked for an answer, in the service, in the database and
 * here: times depend on what else the machine does, this much less.
 */
const COUNT = Number(process.env['COUNT'] ?? 100_000);
const REQUESTS = Number(process.env['REQUESTS'] ?? 400);
const ONLY = (process.env['ONLY'] ?? '').split('|');
const IN_FLIGHT = 20;
/**
 * Of each question asked before the first measurement, and again before its own: more than there are agencies, since each
 * has figures that are made once a day. The service has compiled what it runs after some thousand answers: until then an
 * answer takes twice its time.
 */
const WARMING = 120;
/** Bytes of a page of 50 tasks, as the lists below answer it. */
const PAGE_BYTES = 42_000;
const LIMIT_MILLISECONDS = 50;
/** Nothing that follows the calendar is done in between. */
const NO_ROUNDS = '3600000';
process.env['ROUND_MILLISECONDS'] = NO_ROUNDS;

const folder = mkdtempSync(join(tmpdir(), 'ioc-bench-'));
const today = new SystemClock().today();
const postgres = await startPostgres({
  dataDir: join(folder, 'postgres'),
  port: await freePort(),
  logFile: join(folder, 'postgres.log'),
});
process.env['TEST_POSTGRES_URL'] = postgres.adminUrl;
const [database, nats, issuer] = await Promise.all([
  createDatabase(),
  startNats({ open: true }),
  LocalIssuer.start(),
]);
const client = new pg.Client({ connectionString: database.url });
let service: ServiceProcess | undefined;
try {
  service = await ServiceProcess.start('tasks', {
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    ISSUER_URL: issuer.url,
    // As the launcher starts it.
    NODE_OPTIONS: '--v8-pool-size=1 --max-old-space-size=256 --max-semi-space-size=16',
    ROUND_MILLISECONDS: NO_ROUNDS,
  });
  await client.connect();
  note(`generating ${COUNT} tasks of five versions`);
  await generateTasks(client, COUNT, today);
  note('keeping the figures of the days that are over');
  await keepFigures(
    {
      databaseUrl: database.url,
      natsUrl: nats.url,
      natsCredentials: undefined,
      referenceDirectory: undefined,
      streamReplicas: 1,
    },
    issuer.url,
    today,
  );
  await run(service);
  const plans = await explainHotQueries(client, today);
  writeFileSync(
    fileURLToPath(new URL('../../../test/bench/tasks-at-scale.plans.txt', import.meta.url)),
    plans,
  );
} finally {
  await client.end();
  await service?.stop();
  await Promise.all([nats.stop(), issuer.stop()]);
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(tasks: ServiceProcess): Promise<void> {
  const exp = Math.floor(Date.now() / 1_000) + 36_000;
  const authorizationOf = async (agency: string): Promise<string> =>
    `Bearer ${await issuer.token({ agency, scope: 'tasks:read', exp })}`;
  const questions = await questionsOf(today, authorizationOf, async (path) => {
    const answer = await fetch(tasks.url + path, {
      headers: { authorization: await authorizationOf('UBND') },
    });
    return (await answer.json()) as { items: { id: string }[]; nextCursor: string | null };
  });
  process.stdout.write(
    `${cpus().length} cores, ${COUNT} tasks, ${IN_FLIGHT} in flight, ${REQUESTS} requests each\n`,
  );
  report('raw limit: a bare route, 42 kB', await rawLimit(PAGE_BYTES, 2_000, IN_FLIGHT));
  const warm = (question: Question): Promise<unknown> =>
    measure(
      tasks.url,
      Array.from({ length: WARMING }, (_, index) => question.ask(index)),
      IN_FLIGHT,
    );
  note('asking everything once');
  for (const question of questions) await warm(question);
  for (const question of questions.filter(({ name }) => ONLY.some((part) => name.includes(part)))) {
    // Its connections and pages of the disk.
    await warm(question);
    const requests = Array.from({ length: REQUESTS }, (_, index) => question.ask(index));
    // What is kept for a second is asked anew.
    await sleep(1_100);
    const before = cpuTime(tasks.pid, postgres.process.pid);
    const figures = await measure(tasks.url, requests, IN_FLIGHT);
    report(question.name, figures, perAnswer(before, cpuTime(tasks.pid, postgres.process.pid), REQUESTS));
  }
}

function report(name: string, { p50, p95, p99, rate, bytes }: Figures, cpu?: CpuTime): void {
  const milliseconds = (value: number): string => value.toFixed(1).padStart(6);
  const used = cpu
    ? `  processor: service ${cpu.service.toFixed(2)}, database ${cpu.database.toFixed(2)}, client ${cpu.client.toFixed(2)} ms`
    : '';
  process.stdout.write(
    `${name.padEnd(56)} p50 ${milliseconds(p50)}  p95 ${milliseconds(p95)}  p99 ${milliseconds(p99)} ms ` +
      `${rate.toFixed(0).padStart(5)}/s ${(bytes / 1_000).toFixed(0).padStart(4)} kB  ${p95 <= LIMIT_MILLISECONDS ? 'met' : 'MISSED'}${used}\n`,
  );
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
