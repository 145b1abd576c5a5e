import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ExchangeLog } from '../../exchange-log/exchange-log.js';
import type { DeliveryChannel, GrantOfRecord, RecordedMessage } from '../../exchange-log/records.js';
import { type LiveGrant, LiveGrants } from '../../sharing/grants/live-grants.js';

/** Longer than any batch takes to be written or posted. */
const ABANDONED_AFTER = '3 minutes';
const RECOVERY_MILLISECONDS = 30_000;
const RECOVERED_AT_ONCE = 20;

/** Messages that are about to leave for a receiver. */
export interface Sending {
  id: string;
  channel: DeliveryChannel;
  grant: LiveGrant;
  stream: string;
  firstSentAt: Date;
}

/** What came of the messages of a sending; those in neither list have not left. */
export interface Outcome {
  /** Taken by the receiver (webhook), or wholly written to its connection. */
  delivered: readonly RecordedMessage[];
  /** Left, or may have left, but nothing says that they arrived. */
  uncertain?: readonly RecordedMessage[];
}

interface AbandonedRow {
  channel: DeliveryChannel;
  grant: GrantOfRecord;
  stream: string;
  messages: RecordedMessage[];
  firstSentAt: Date;
}

/**
 * Nothing leaves before its leaving is on record: a sending is stored before the first byte, and becomes records of the
 * exchange log by what came of it. What a crash cut off between the two is recorded as sent and not acknowledged.
 */
@Injectable()
export class Sendings implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Sendings');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly grants: LiveGrants,
    private readonly log: ExchangeLog,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const recover = () => {
      void this.recover().catch((error: unknown) => {
        this.logger.warn(`abandoned sendings were not recorded: ${(error as Error).message}`);
      });
    };
    recover();
    this.timer = setInterval(recover, RECOVERY_MILLISECONDS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** To be asked before each batch leaves. @returns null when nothing may leave by that grant now */
  open(
    grantId: string,
    channel: DeliveryChannel,
    stream: string,
    messages: readonly RecordedMessage[],
  ): Promise<Sending | null> {
    return this.transactions.run(async () => {
      const grant = await this.grants.find(grantId);
      if (!grant) return null;
      const sending = { id: uuidv7(), channel, grant, stream, firstSentAt: this.clock.now() };
      const { id, datasetCode, provider, receiver, purpose } = grant;
      const ofRecord: GrantOfRecord = { id, datasetCode, provider, receiver, purpose };
      this.transactions.send({
        name: 'open-sending',
        text: `INSERT INTO sharing_sending (id, channel, grant_of_record, stream, messages, first_sent_at, abandoned_after)
               VALUES ($1, $2, $3, $4, $5, $6, now() + interval '${ABANDONED_AFTER}')`,
        values: [
          sending.id,
          channel,
          JSON.stringify(ofRecord),
          stream,
          JSON.stringify(messages),
          sending.firstSentAt,
        ],
      });
      return sending;
    });
  }

  /**
   * Records what came of sendings of one grant and stream, as one. What was taken for abandoned meanwhile is on record
   * already.
   */
  close(sendings: readonly Sending[], outcome: Outcome): Promise<void> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.execute<{ messages: RecordedMessage[] }>(
        'close-sendings',
        'DELETE FROM sharing_sending WHERE id = ANY($1) RETURNING messages',
        [sendings.map(({ id }) => id)],
      );
      const [first] = sendings;
      if (!first || rows.length === 0) return;
      const open = new Set(rows.flatMap(({ messages }) => messages.map(({ sequence }) => sequence)));
      const still = (messages: readonly RecordedMessage[] = []) =>
        messages.filter(({ sequence }) => open.has(sequence));
      const { channel, grant, stream, firstSentAt } = first;
      const about = { channel, grant, stream, firstSentAt };
      this.log.delivered({ ...about, messages: still(outcome.delivered) });
      this.log.delivered({ ...about, messages: still(outcome.uncertain), note: 'sent-not-acknowledged' });
    });
  }

  /** Records what came of a sending whose messages share one fate. */
  closeWhole({ id, channel, grant, stream, firstSentAt }: Sending, arrived: boolean): Promise<void> {
    return this.transactions.run(async () => {
      const [row] = await this.transactions.execute<{ messages: RecordedMessage[] }>(
        'close-whole-sending',
        'DELETE FROM sharing_sending WHERE id = $1 RETURNING messages',
        [id],
      );
      if (!row) return;
      const delivered = { channel, grant, stream, firstSentAt, messages: row.messages };
      this.log.delivered(arrived ? delivered : { ...delivered, note: 'sent-not-acknowledged' });
    });
  }

  /** Says that they are still under way, to be called more often than every two minutes. */
  async keep(sendings: readonly Sending[]): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query(
        `UPDATE sharing_sending SET abandoned_after = now() + interval '${ABANDONED_AFTER}' WHERE id = ANY($1)`,
        [sendings.map(({ id }) => id)],
      ),
    );
  }

  /** Records the sendings whose process ended before it could tell what came of them. */
  async recover(): Promise<void> {
    while ((await this.recoverSome()) === RECOVERED_AT_ONCE);
  }

  private recoverSome(): Promise<number> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.execute<AbandonedRow>(
        'recover-sendings',
        `DELETE FROM sharing_sending WHERE id IN (
           SELECT id FROM sharing_sending WHERE abandoned_after < now() ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING channel, grant_of_record AS grant, stream, messages, first_sent_at AS "firstSentAt"`,
        [RECOVERED_AT_ONCE],
      );
      for (const row of rows) this.log.delivered({ ...row, note: 'sent-not-acknowledged' });
      return rows.length;
    });
  }
}
