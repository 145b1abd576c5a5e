import { setTimeout as sleep } from 'node:timers/promises';
import type { JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { until } from '../../support/until.js';
import { exactNow, quantiles } from './quantiles.js';
import type { Receivers } from './receivers.js';

const TICK_MILLISECONDS = 20;
const ALL_TAKEN_WITHIN = 60_000;

export interface FlowPlan {
  /** Codes of the datasets, published in turn. */
  datasets: readonly string[];
  /** Records of each dataset. */
  records: number;
  /** Agencies that receive each event. */
  receivers: number;
  /** Events a second, and for how long. */
  rate: number;
  seconds: number;
}

export interface FlowResult {
  published: number;
  publishedPerSecond: number;
  deliveredPerSecond: number;
  /** Events that the agencies took over, and how many they should have. */
  taken: number;
  expected: number;
  latency: string;
}

/** Events of agencies' own datasets, as the registry publishes them once they are checked. */
export class Flow {
  private published = 0;

  constructor(
    private readonly stream: JetStreamClient,
    private readonly plan: FlowPlan,
  ) {}

  /** The first version of each record, so that the grants begin with a state. */
  async state(): Promise<void> {
    const { datasets, records } = this.plan;
    await Promise.all(Array.from({ length: datasets.length * records }, () => this.publish()));
  }

  /**
   * Publishes at the given rate, whether or not the broker keeps up, and waits until everything is taken over. The
   * agency of the last grant is stuck, so it takes nothing over.
   */
  async run(receivers: Receivers): Promise<FlowResult> {
    const { datasets, rate, seconds, receivers: each } = this.plan;
    receivers.begin();
    const before = this.published;
    const started = performance.now();
    const sent: Promise<unknown>[] = [];
    while (performance.now() - started < seconds * 1_000) {
      const due = Math.min(((performance.now() - started) * rate) / 1_000, rate * seconds);
      while (this.published - before < due) sent.push(this.publish());
      await sleep(TICK_MILLISECONDS);
    }
    await Promise.all(sent);
    const publishing = (performance.now() - started) / 1_000;
    const published = this.published - before;
    const expected = published * each - Math.floor(published / datasets.length);
    await until(() => receivers.taken >= expected, ALL_TAKEN_WITHIN).catch(() => undefined);
    const delivering = (performance.now() - started) / 1_000;
    return {
      published,
      publishedPerSecond: published / publishing,
      deliveredPerSecond: receivers.taken / delivering,
      taken: receivers.taken,
      expected,
      latency: quantiles(receivers.latencies),
    };
  }

  private publish(): Promise<unknown> {
    const { datasets, records } = this.plan;
    const code = datasets[this.published % datasets.length]!;
    const round = Math.floor(this.published / datasets.length);
    const [record, version] = [`r${round % records}`, Math.floor(round / records) + 1];
    this.published += 1;
    const head = headers();
    head.append('ce-id', crypto.randomUUID());
    head.append('ce-type', `vn.ioc.agencies.${code}.changed.v1`);
    head.append('ce-subject', record);
    head.append('ce-sequence', String(version));
    head.append('ce-time', new Date().toISOString());
    const data = JSON.stringify({ id: record, version, sentAt: exactNow(), changed: [] });
    return this.stream.publish(`ioc.agencies.${code}.${record}`, data, { headers: head, timeout: 60_000 });
  }
}

export function describeFlow({
  publishedPerSecond,
  deliveredPerSecond,
  taken,
  expected,
  latency,
}: FlowResult): string {
  return (
    `published ${publishedPerSecond.toFixed(0)}/s, delivered ${deliveredPerSecond.toFixed(0)}/s (${taken} of ${expected}); ` +
    `published → agency's handler: ${latency}`
  );
}
