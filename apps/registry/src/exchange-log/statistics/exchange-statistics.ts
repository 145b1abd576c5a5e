import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { maySeeAllExchanges } from '../../access/registry-access.js';

/** Days (yyyy-MM-dd, Asia/Ho_Chi_Minh), both included. */
export interface StatisticsPeriod {
  from: string;
  to: string;
}

/** What passed between two agencies about one dataset. */
export interface StatisticsRow {
  provider: string;
  receiver: string;
  dataset: string;
  /** Requests submitted in the period, and what has become of them by now. */
  requests: number;
  granted: number;
  refused: number;
  /** Requests decided no later than their last day. */
  inTime: number;
  refusals: { legalGround: string; count: number }[];
  /** Records of deliveries in the period, and the messages in them. */
  exchanges: number;
  messages: number;
  /** Denied attempts. */
  denied: number;
}

interface RequestRow {
  provider: string;
  receiver: string;
  dataset: string;
  state: string;
  legalGround: string | null;
  inTime: boolean;
  count: number;
}

interface CountRow {
  provider: string;
  receiver: string;
  dataset: string;
  kind: string;
  records: number;
  messages: number;
}

const ZONE = `'Asia/Ho_Chi_Minh'`;

/** `$3` null: everybody's; else those of which that agency is a party. */
const REQUESTS = `
  SELECT dataset.provider, r.requester AS receiver, dataset.code AS dataset, r.state,
    r.decision ->> 'legalGround' AS "legalGround",
    COALESCE((r.decided_at AT TIME ZONE ${ZONE})::date <= r.due_on, false) AS "inTime", count(*)::float8 AS count
  FROM sharing_request r JOIN sharing_dataset dataset ON dataset.id = r.dataset_id
  WHERE (r.submitted_at AT TIME ZONE ${ZONE})::date BETWEEN $1::date AND $2::date
    AND ($3::text IS NULL OR $3 IN (dataset.provider, r.requester))
  GROUP BY 1, 2, 3, 4, 5, 6`;

const COUNTS = `
  SELECT provider, receiver, dataset, kind, sum(records)::float8 AS records, sum(messages)::float8 AS messages
  FROM exchange_count
  WHERE hour >= ($1::date::timestamp AT TIME ZONE ${ZONE}) AND hour < (($2::date + 1)::timestamp AT TIME ZONE ${ZONE})
    AND kind IN ('delivery', 'denial') AND ($3::text IS NULL OR $3 IN (provider, receiver))
  GROUP BY 1, 2, 3, 4`;

/** Figures for whoever supervises the sharing of data: from the requests, and from what the chain was counted by. */
@Injectable()
export class ExchangeStatistics {
  constructor(private readonly transactions: TransactionScope) {}

  /** By provider, receiver and dataset; the whole for those who see all exchanges, else the caller's own. */
  async rows(actor: Actor, { from, to }: StatisticsPeriod): Promise<StatisticsRow[]> {
    const parameters = [from, to, maySeeAllExchanges(actor) ? null : actor.agency];
    const { manager } = this.transactions;
    const table = new StatisticsTable();
    for (const row of await manager.query<RequestRow[]>(REQUESTS, parameters)) table.addRequests(row);
    for (const row of await manager.query<CountRow[]>(COUNTS, parameters)) table.addCounts(row);
    return table.rows();
  }
}

class StatisticsTable {
  private readonly byKey = new Map<string, StatisticsRow>();

  addRequests({ state, legalGround, inTime, count, ...parties }: RequestRow): void {
    const row = this.row(parties);
    row.requests += count;
    if (inTime) row.inTime += count;
    if (state === 'granted') row.granted += count;
    if (state !== 'refused') return;
    row.refused += count;
    const known = row.refusals.find((refusal) => refusal.legalGround === legalGround);
    if (known) known.count += count;
    else row.refusals.push({ legalGround: legalGround ?? '', count });
  }

  addCounts({ kind, records, messages, ...parties }: CountRow): void {
    const row = this.row(parties);
    if (kind === 'denial') {
      row.denied += messages;
      return;
    }
    row.exchanges += records;
    row.messages += messages;
  }

  rows(): StatisticsRow[] {
    return [...this.byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  private row({
    provider,
    receiver,
    dataset,
  }: Pick<StatisticsRow, 'provider' | 'receiver' | 'dataset'>): StatisticsRow {
    const key = JSON.stringify([provider, receiver, dataset]);
    const known = this.byKey.get(key);
    if (known) return known;
    const figures = { requests: 0, granted: 0, refused: 0, inTime: 0, exchanges: 0, messages: 0, denied: 0 };
    const row = { provider, receiver, dataset, ...figures, refusals: [] };
    this.byKey.set(key, row);
    return row;
  }
}
