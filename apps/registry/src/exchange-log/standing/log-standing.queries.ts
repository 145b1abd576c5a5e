import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { maySeeAllExchanges } from '../../access/registry-access.js';
import { ChainReader } from '../chain/chain-reader.js';
import type { ChainFault } from '../chain/chain-check.js';

/** What was counted from the records. */
export interface ExchangeTotals {
  /** Records of deliveries, and the messages in them. */
  deliveries: number;
  messages: number;
  refusals: number;
  /** Denied attempts. */
  denied: number;
}

/** How the log stands, and what passed lately. */
export interface LogStanding {
  /** Agency of the caller; null: a token without one. */
  agency: string | null;
  /** Whether the caller sees everybody's records, or those of the agency only. */
  seesAll: boolean;
  chain: {
    /** Last record; 0: none. */
    sequence: number;
    /** Last record that is signed for; 0: none. */
    signedUpTo: number;
    /** When the log was last verified to its end, ISO 8601 UTC; null: not yet. */
    verifiedAt: string | null;
    /** What does not hold; null: nothing was found. */
    fault: ChainFault | null;
  };
  /** Of the caller's records, since midnight in Asia/Ho_Chi_Minh. */
  today: ExchangeTotals;
  /** Since the hour began. */
  hour: ExchangeTotals;
}

/** `$2` null: everybody's. */
const TOTALS = `
  SELECT kind, sum(records)::float8 AS records, sum(messages)::float8 AS messages,
    coalesce(sum(records) FILTER (WHERE hour >= date_trunc('hour', $3::timestamptz)), 0)::float8 AS "hourRecords",
    coalesce(sum(messages) FILTER (WHERE hour >= date_trunc('hour', $3::timestamptz)), 0)::float8 AS "hourMessages"
  FROM exchange_count
  WHERE hour >= ($1::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
    AND ($2::text IS NULL OR $2 IN (provider, receiver))
  GROUP BY kind`;

interface TotalsRow {
  kind: string;
  records: number;
  messages: number;
  hourRecords: number;
  hourMessages: number;
}

/** Tells people at first sight whether the log holds. */
@Injectable()
export class LogStandingQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly chain: ChainReader,
    private readonly clock: Clock,
  ) {}

  async read({ agency }: Pick<Actor, 'agency'>): Promise<LogStanding> {
    const { manager } = this.transactions;
    const seesAll = maySeeAllExchanges({ agency });
    const { sequence } = await this.chain.end();
    const checkpoint = await this.chain.lastCheckpoint();
    const [standing] = await manager.query<{ verifiedAt: Date | null; fault: string | null }[]>(
      'SELECT verified_at AS "verifiedAt", fault FROM exchange_standing',
    );
    const rows = await manager.query<TotalsRow[]>(TOTALS, [
      this.clock.today(),
      seesAll ? null : agency,
      this.clock.now(),
    ]);
    return {
      agency,
      seesAll,
      chain: {
        sequence,
        signedUpTo: checkpoint?.sequence ?? 0,
        verifiedAt: standing?.verifiedAt?.toISOString() ?? null,
        fault: faultOf(standing?.fault ?? null),
      },
      today: totalsOf(rows, ({ records, messages }) => ({ records, messages })),
      hour: totalsOf(rows, (row) => ({ records: row.hourRecords, messages: row.hourMessages })),
    };
  }
}

/** As the self-check notes it: what, and in which record. */
function faultOf(noted: string | null): ChainFault | null {
  if (noted === null) return null;
  const [what, sequence] = noted.split(' ');
  return { what: what as ChainFault['what'], sequence: Number(sequence) };
}

function totalsOf(
  rows: readonly TotalsRow[],
  of: (row: TotalsRow) => { records: number; messages: number },
): ExchangeTotals {
  const found = (kind: string): { records: number; messages: number } => {
    const row = rows.find((candidate) => candidate.kind === kind);
    return row ? of(row) : { records: 0, messages: 0 };
  };
  const delivery = found('delivery');
  return {
    deliveries: delivery.records,
    messages: delivery.messages,
    refusals: found('refusal').records,
    denied: found('denial').messages,
  };
}
