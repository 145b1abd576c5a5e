import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import { readRunState } from '../../deploy/embedded/run-state.js';
import { until } from '../support/until.js';
import { BareBroker } from './sharing/bare-broker.js';
import { describeFlow, Flow, type FlowPlan, type FlowResult } from './sharing/flow.js';
import { describeUsage, usageOf } from './sharing/processes.js';
import { Province } from './sharing/province.js';
import { Receivers } from './sharing/receivers.js';

/**
 * 200 agencies with a grant each, of 20 datasets; 500 events a second published, each for ten agencies; one agency takes
 * its events and never finishes. Latency, processor time, memory and connections are printed, then the same of the broker
 * alone: what the machine can do without registry and exchange log. `npm run bench:sharing-many`.
 */
const AGENCIES = Number(process.env['AGENCIES'] ?? 200);
const DATASETS = Number(process.env['DATASETS'] ?? 20);
const RATE = Number(process.env['RATE'] ?? 500);
const RUN_SECONDS = Number(process.env['RUN_SECONDS'] ?? 20);
/** Records of each dataset. */
const RECORDS = Number(process.env['RECORDS'] ?? 50);
const STATE_TAKEN_WITHIN = 60_000;
/** A report of an acknowledgement that the registry missed comes again within this time. */
const RECORDED_MILLISECONDS = 12_000;

const providers = numbered('DC', DATASETS);
const agencies = numbered('DO', AGENCIES);
process.stdout.write(
  `${cpus().length} cores; ${AGENCIES} agencies, ${DATASETS} datasets of ${RECORDS} records, ${RATE} events/s, one agency stuck, everything on one machine\n`,
);
const whole = await wholeSystem();
const alone = await brokerAlone();
const ratio = (100 * whole.deliveredPerSecond) / alone.deliveredPerSecond;
process.stdout.write(`the system delivers ${ratio.toFixed(0)} % of what the broker alone does\n`);
process.exit();

async function wholeSystem(): Promise<FlowResult> {
  const province = await Province.start([...providers, ...agencies]);
  const { system } = province;
  try {
    const datasets = await inTurn(providers, (code) => province.dataset(code));
    const { natsUrl, pids } = readRunState(join(system.dataDir, 'run.json'))!;
    const bus = await connect({
      servers: natsUrl,
      inboxPrefix: '_INBOX.registry',
      authenticator: credsAuthenticator(readFileSync(join(system.dataDir, 'bus/credentials/registry.creds'))),
      noAsyncTraces: true,
    });
    const flow = new Flow(jetstream(bus), planOf(datasets.map(({ code }) => code)));
    await flow.state();
    const receivers = new Receivers();
    await inTurn(agencies, async (code, index) => {
      const grant = await province.grant(code, datasets[index % DATASETS]!.id);
      await receivers.add(code, await province.access(code, grant), index === AGENCIES - 1);
    });
    await untilStateTaken(receivers);
    const roots = {
      broker: Number(readFileSync(join(system.dataDir, 'nats/nats.pid'), 'utf8')),
      registry: pids.registry!,
      PostgreSQL: Number.parseInt(
        readFileSync(join(system.dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'),
      ),
      'publisher and agencies': process.pid,
    };
    const before = usageOf(roots);
    const result = await flow.run(receivers);
    const delivered = result.taken + (AGENCIES - 1) * RECORDS;
    const recorded = await untilRecorded(province, delivered);
    process.stdout.write(
      `whole system, ${receivers.connections} agencies connected: ${describeFlow(result)}\n` +
        `  ${describeUsage(before, usageOf(roots), result.published)}\n` +
        `  exchange log: ${recorded} of ${delivered} deliveries recorded\n`,
    );
    await receivers.close();
    await bus.close();
    return result;
  } finally {
    await system.stop();
  }
}

async function brokerAlone(): Promise<FlowResult> {
  const broker = await BareBroker.start();
  try {
    const datasets = providers.map((code) => `${code.toLowerCase()}-do`);
    const flow = new Flow(broker.stream, planOf(datasets));
    await flow.state();
    const receivers = new Receivers();
    await inTurn(agencies, async (code, index) => {
      await receivers.add(code, await broker.grant(datasets[index % DATASETS]!), index === AGENCIES - 1);
    });
    await untilStateTaken(receivers);
    const roots = { broker: broker.pid, 'publisher and agencies': process.pid };
    const before = usageOf(roots);
    const result = await flow.run(receivers);
    process.stdout.write(
      `broker alone: ${describeFlow(result)}\n  ${describeUsage(before, usageOf(roots), result.published)}\n`,
    );
    await receivers.close();
    return result;
  } finally {
    await broker.stop();
  }
}

/** @returns how many are in the exchange log when all are, or nothing has come for a while */
async function untilRecorded(province: Province, delivered: number): Promise<number> {
  for (let last = -1; ;) {
    const recorded = await province.recorded(new Set(providers));
    if (recorded >= delivered || recorded === last) return recorded;
    last = recorded;
    await sleep(RECORDED_MILLISECONDS);
  }
}

function planOf(datasets: readonly string[]): FlowPlan {
  return { datasets, records: RECORDS, receivers: AGENCIES / DATASETS, rate: RATE, seconds: RUN_SECONDS };
}

function untilStateTaken(receivers: Receivers): Promise<void> {
  return until(() => receivers.taken >= (AGENCIES - 1) * RECORDS, STATE_TAKEN_WITHIN);
}

function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`);
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}
