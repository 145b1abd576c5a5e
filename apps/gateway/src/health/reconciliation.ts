import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { type ServiceName, SERVICES } from '#libs/contracts';
import {
  type AggregateHead,
  bucketQuery,
  type BucketDigest,
  BusConnection,
  type DigestAnswer,
  type DigestRequest,
  digestQuery,
  JetStreamServer,
  type ResendRequest,
} from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { askService } from './ask-service.js';

/** Injection token: time from one comparison to the next, in milliseconds. */
export const RECONCILE_MILLISECONDS = Symbol('RECONCILE_MILLISECONDS');

/** Aggregates asked for in one request. */
const RESEND_BATCH = 1_000;

/**
 * Anti-entropy: compares what the gateway holds with what each service has, and has the difference sent again. What
 * the bus lost, or a restored backup no longer has, comes back without anybody noticing.
 */
@Injectable()
export class Reconciliation implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Reconciliation');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: BusConnection,
    private readonly consumers: JetStreamServer,
    private readonly transactions: TransactionScope,
    @Inject(RECONCILE_MILLISECONDS) private readonly interval: number,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.reconcileAll(), this.interval);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async reconcileAll(): Promise<void> {
    if (!this.bus.connected) return;
    // What is still on its way is no difference.
    const settled = (await this.consumers.consumerStates()).filter(({ lag }) => lag === 0);
    for (const service of SERVICES) {
      if (!settled.some((state) => state.service === service)) continue;
      try {
        await this.reconcile(service);
      } catch (error) {
        // The service is away just now; the next round asks again.
        this.logger.debug(`${service} could not be compared: ${(error as Error).message}`);
      }
    }
  }

  /** @returns the number of aggregates that were asked for again */
  async reconcile(service: ServiceName): Promise<number> {
    const theirs = await this.ask<DigestAnswer>(service, 'digest', {});
    const ours = await this.digest(service);
    let asked = 0;
    for (const bucket of theirs.buckets ?? []) {
      if (isSame(bucket, ours)) continue;
      const missing = await this.missingOf(service, bucket);
      if (missing.length === 0) continue;
      await this.askAgain(service, bucket.aggregate, missing);
      asked += missing.length;
    }
    if (asked > 0)
      this.logger.warn(`${asked} aggregates of ${service} were missing or old and are sent again`);
    return asked;
  }

  private digest(service: ServiceName): Promise<BucketDigest[]> {
    return this.transactions.manager.query(digestQuery(heads(service)));
  }

  private async missingOf(service: ServiceName, { aggregate, bucket }: BucketDigest): Promise<string[]> {
    const request: DigestRequest = { aggregate, bucket };
    const theirs = (await this.ask<DigestAnswer>(service, 'digest', request)).heads ?? [];
    const ours: AggregateHead[] = await this.transactions.manager.query(bucketQuery(heads(service)), [
      aggregate,
      bucket,
    ]);
    const known = new Map(ours.map((head) => [head.aggregateId, head.sequence]));
    return theirs
      .filter((head) => (known.get(head.aggregateId) ?? 0) < head.sequence)
      .map((head) => head.aggregateId);
  }

  private async askAgain(
    service: ServiceName,
    aggregate: string,
    aggregateIds: readonly string[],
  ): Promise<void> {
    for (let start = 0; start < aggregateIds.length; start += RESEND_BATCH) {
      const part = aggregateIds.slice(start, start + RESEND_BATCH);
      // The inbox may remember events whose effect is gone; forgotten, they are taken for new.
      const subjects = part.map((id) => `ioc.${service}.${aggregate}.${id}`);
      await this.transactions.run((manager) =>
        manager.query('DELETE FROM inbox WHERE subject = ANY ($1)', [subjects]),
      );
      const request: ResendRequest = { aggregate, aggregateIds: part, by: 'gateway' };
      await this.ask(service, 'resend', request);
    }
  }

  private async ask<Answer>(
    service: ServiceName,
    what: 'digest' | 'resend',
    request: object,
  ): Promise<Answer> {
    const { connection } = await this.bus.whenConnected();
    return (await askService(connection, service, what, request)).json<Answer>();
  }
}

/** `service` is one of four constants, never a caller's text. */
function heads(service: ServiceName): string {
  return `(SELECT aggregate, aggregate_id, sequence FROM projection WHERE service = '${service}')`;
}

function isSame(bucket: BucketDigest, ours: readonly BucketDigest[]): boolean {
  return ours.some(
    (own) =>
      own.aggregate === bucket.aggregate &&
      own.bucket === bucket.bucket &&
      own.count === bucket.count &&
      own.digest === bucket.digest,
  );
}
