import { Injectable } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { EVENT_HEADERS } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import type { Fault } from './check-record.js';
import type { IntakeView, PutAsideView } from './intake.view.js';

/** Messages that are kept of a dataset; the oldest go, their number stays. */
const KEPT = 200;
/** Bytes that are kept of a message, for whoever looks for the mistake. */
const KEPT_BYTES = 4_096;
const DAYS_TOLD = 30;

/** What agencies sent and nobody gets, and how much of each dataset was taken and put aside. */
@Injectable()
export class PutAside {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Inside `run`. */
  async add(datasetCode: string, message: JsMsg, { fault, detail }: Fault): Promise<void> {
    const { manager } = this.transactions;
    await manager.query(
      `INSERT INTO sharing_put_aside (id, dataset_code, subject, event_id, fault, detail, size, content, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        uuidv7(),
        datasetCode,
        message.subject,
        storable(message.headers?.get(EVENT_HEADERS.id) ?? '') || null,
        fault,
        storable(detail),
        message.data.length,
        storable(Buffer.from(message.data.subarray(0, KEPT_BYTES)).toString('utf8')),
        this.clock.now(),
      ],
    );
    await manager.query(
      `DELETE FROM sharing_put_aside WHERE dataset_code = $1 AND id < (
         SELECT min(id::text)::uuid FROM (
           SELECT id FROM sharing_put_aside WHERE dataset_code = $1 ORDER BY id DESC LIMIT $2) newest)`,
      [datasetCode, KEPT],
    );
  }

  /** Inside `run`. */
  async count(datasetCode: string, accepted: number, putAside: number): Promise<void> {
    await this.transactions.manager.query(
      `INSERT INTO sharing_intake_count AS known (dataset_code, day, accepted, put_aside) VALUES ($1, $2, $3, $4)
       ON CONFLICT (dataset_code, day) DO UPDATE
       SET accepted = known.accepted + $3, put_aside = known.put_aside + $4`,
      [datasetCode, this.clock.today(), accepted, putAside],
    );
  }

  async of(datasetCode: string): Promise<IntakeView> {
    const { manager } = this.transactions;
    const days = await manager.query<{ day: string; accepted: string; putAside: string }[]>(
      `SELECT day::text, accepted, put_aside AS "putAside" FROM sharing_intake_count
       WHERE dataset_code = $1 ORDER BY day DESC LIMIT $2`,
      [datasetCode, DAYS_TOLD],
    );
    const messages = await manager.query<(Omit<PutAsideView, 'at'> & { at: Date })[]>(
      `SELECT subject, event_id AS "eventId", fault, detail, size, content, at FROM sharing_put_aside
       WHERE dataset_code = $1 ORDER BY id DESC`,
      [datasetCode],
    );
    return {
      days: days.map(({ day, accepted, putAside }) => ({
        day,
        accepted: Number(accepted),
        putAside: Number(putAside),
      })),
      putAside: messages.map((message) => ({ ...message, at: message.at.toISOString() })),
    };
  }
}

/** Without the one character that PostgreSQL does not store. */
function storable(text: string): string {
  return text.replaceAll('\0', '\u2400');
}
