import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import { TransactionScope } from '#libs/persistence';
import { BusConnection } from '../bus/bus-connection.js';
import { MESSAGING_OPTIONS, type MessagingOptions, publishingService } from '../messaging-options.js';
import { Replays } from '../operations/replays.js';
import {
  bucketQuery,
  type DigestAnswer,
  type DigestRequest,
  digestQuery,
  OUTBOX_HEADS,
  type ResendRequest,
} from './digest.js';

/** Answers "how many aggregates, and a digest of (id, version)" and sends again what a consumer finds missing. */
@Injectable()
export class DigestResponder implements OnApplicationBootstrap {
  private readonly logger = new Logger('Digest');

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly bus: BusConnection,
    private readonly transactions: TransactionScope,
    private readonly replays: Replays,
  ) {}

  onApplicationBootstrap(): void {
    const service = publishingService(this.options);
    if (!service) return;
    this.bus.subscribe({
      subject: `svc.${service}.alive`,
      queue: 'replicas',
      receive: (message) => message.respond(),
    });
    this.bus.subscribe({
      subject: `svc.${service}.digest`,
      queue: 'replicas',
      receive: (message) => void this.answer(message, (request) => this.digest(request as DigestRequest)),
    });
    this.bus.subscribe({
      subject: `svc.${service}.resend`,
      queue: 'replicas',
      receive: (message) => void this.answer(message, (request) => this.resend(request as ResendRequest)),
    });
  }

  async digest(request: DigestRequest): Promise<DigestAnswer> {
    const { manager } = this.transactions;
    if (request.aggregate !== undefined && request.bucket !== undefined) {
      return { heads: await manager.query(bucketQuery(OUTBOX_HEADS), [request.aggregate, request.bucket]) };
    }
    return { buckets: await manager.query(digestQuery(OUTBOX_HEADS)) };
  }

  private async resend(request: ResendRequest): Promise<{ requested: number }> {
    const { aggregate, aggregateIds, by } = request;
    await this.replays.request({ aggregate, aggregateIds }, by);
    return { requested: aggregateIds.length };
  }

  private async answer(message: Msg, handle: (request: unknown) => Promise<object>): Promise<void> {
    try {
      const request: unknown = message.data.length > 0 ? message.json() : {};
      message.respond(JSON.stringify(await handle(request)));
    } catch (error) {
      // No answer: the asker's time-out says "not available now".
      this.logger.warn(`a digest request failed: ${(error as Error).message}`);
    }
  }
}
