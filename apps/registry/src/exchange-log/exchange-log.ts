import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { Sealer } from './chain/sealer.js';
import {
  type DeliveryChannel,
  type DeliveryNote,
  type GrantOfRecord,
  MESSAGES_PER_RECORD,
  type PendingContent,
  type RecordedMessage,
} from './records.js';

/** Messages that left for a receiver. */
export interface Delivered {
  channel: DeliveryChannel;
  grant: GrantOfRecord;
  stream: string;
  /** In the order of the stream; any number. */
  messages: readonly RecordedMessage[];
  firstSentAt: Date;
  note?: DeliveryNote;
}

/** A request for data that was refused. */
export interface Refused {
  requestId: string;
  datasetCode: string;
  provider: string;
  requester: string;
  reason: string;
  legalGround: string;
  document: string | null;
}

/** Something that was tried without a right to it. */
export interface Denied {
  who: { agency: string | null; grantId: string | null; credential: string | null };
  channel: 'bus' | 'http';
  /** Subject or address; cut at 1,000 characters. */
  attempted: string;
  why: string;
  /** How often, when several are told as one. */
  count: number;
  /** Of the data it was about, where that is known: the provider then sees the record, too. */
  provider?: string | null;
  datasetCode?: string | null;
}

const MAX_ATTEMPTED = 1_000;

/**
 * The evidence of what left, what was refused and what was tried. A call stores a row in the transaction of what it
 * tells of, without a lock and without waiting; a sealer gives it its place in the hash chain within a second.
 *
 * All methods: inside `TransactionScope.run` only.
 */
@Injectable()
export class ExchangeLog {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    private readonly sealer: Sealer,
  ) {}

  /** More than 500 messages become several records. */
  delivered({ channel, grant, stream, messages, firstSentAt, note }: Delivered): void {
    for (let start = 0; start < messages.length; start += MESSAGES_PER_RECORD) {
      const part = messages.slice(start, start + MESSAGES_PER_RECORD);
      const sequences = part.map(({ sequence }) => sequence);
      this.append({
        kind: 'delivery',
        recordedAt: this.now(),
        channel,
        grant: grant.id,
        dataset: grant.datasetCode,
        provider: grant.provider,
        receiver: grant.receiver,
        purpose: grant.purpose,
        stream,
        count: part.length,
        firstSequence: Math.min(...sequences),
        lastSequence: Math.max(...sequences),
        firstSentAt: firstSentAt.toISOString(),
        note: note ?? null,
        messages: [...part],
      });
    }
  }

  refused(refusal: Refused): void {
    const { requestId, datasetCode, provider, requester, reason, legalGround, document } = refusal;
    this.append({
      kind: 'refusal',
      recordedAt: this.now(),
      request: requestId,
      dataset: datasetCode,
      provider,
      requester,
      reason,
      legalGround,
      document,
    });
  }

  denied({ who, channel, attempted, why, count, provider, datasetCode }: Denied): void {
    this.append({
      kind: 'denial',
      recordedAt: this.now(),
      agency: who.agency,
      grant: who.grantId,
      credential: who.credential,
      provider: provider ?? null,
      dataset: datasetCode ?? null,
      channel,
      attempted: attempted.slice(0, MAX_ATTEMPTED),
      why,
      count,
    });
  }

  /** Stores what is to become a record; for the parts of the log itself. */
  append(content: PendingContent): void {
    this.transactions.send({
      name: 'append-to-exchange-log',
      text: 'INSERT INTO exchange_pending (kind, content) VALUES ($1, $2)',
      values: [content.kind, JSON.stringify(content)],
    });
    this.transactions.afterCommit(() => {
      this.sealer.wake();
    });
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
