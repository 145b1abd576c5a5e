import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { MONEY_CHAIN } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope, wholeNumber } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';
import type { ListEntriesQuery } from './entry.requests.js';
import type { EntryView, VerificationView } from './entry.view.js';

type EntryRow = Omit<EntryView, 'number' | 'amount' | 'recordedAt'> & {
  number: string;
  amount: string;
  recordedAt: Date;
};

interface Difference {
  lineId: string;
  step: string;
  entries: string;
  balance: string;
}

const ENTRIES = `
  SELECT entry.id, entry.number, line.item_id AS "itemId", line.id AS "lineId", line.source, line.year, line.form,
    entry.step, entry.amount, entry.reverses, reversal.id AS "reversedBy", entry.over_grant AS "overGrant",
    entry.effective_on::text AS "effectiveOn", entry.document, entry.document_date::text AS "documentDate",
    entry.reason, entry.round_id AS "roundId", entry.author_agency AS agency, entry.recorded_at AS "recordedAt"
  FROM budget_entry entry
  JOIN budget_line line ON line.id = entry.line_id
  JOIN budget_item item ON item.id = line.item_id
  LEFT JOIN budget_entry reversal ON reversal.reverses = entry.id
  WHERE entry.number > $1
    AND ($2::text IS NULL OR item.owner_code = $2)
    AND ($3::uuid IS NULL OR item.id = $3)
    AND ($4::uuid IS NULL OR line.id = $4)
    AND ($5::text IS NULL OR entry.step = $5)
    AND ($6::integer IS NULL OR line.year = $6)
    AND ($7::date IS NULL OR entry.effective_on <= $7)
  ORDER BY entry.number LIMIT $8`;

/** Each step's entries beside its balance, where they are not the same. */
const DIFFERENCES = `
  SELECT balance.line_id AS "lineId", step.name AS step, coalesce(sums.amount, 0) AS entries, step.amount AS balance
  FROM budget_balance balance
  CROSS JOIN LATERAL (VALUES ${MONEY_CHAIN.map((step) => `('${step}', balance.${step})`).join(', ')},
    ('overGranted', balance.over_granted)) AS step (name, amount)
  LEFT JOIN LATERAL (
    SELECT sum(CASE WHEN step.name = entry.step THEN entry.amount
                    WHEN step.name = 'overGranted' AND entry.reverses IS NULL THEN entry.excess
                    WHEN step.name = 'overGranted' THEN -entry.excess
                    ELSE 0 END) AS amount
      FROM budget_entry entry WHERE entry.line_id = balance.line_id) sums ON true
  WHERE coalesce(sums.amount, 0) <> step.amount
  ORDER BY balance.line_id, step.name LIMIT 1000`;

@Injectable()
export class LedgerQueries {
  constructor(private readonly transactions: TransactionScope) {}

  /** What the actor may see, in the order of entry. */
  async list(actor: Actor, query: ListEntriesQuery): Promise<Page<EntryView>> {
    const { item, line, step, year, asOf } = query;
    const filters = { item, line, step, year, asOf };
    const [after = 0] = decodeCursor<[number]>(query.cursor, filters, ['integer']) ?? [];
    const rows = await this.transactions.manager.query<EntryRow[]>(ENTRIES, [
      after,
      visibleOwner(actor),
      item ?? null,
      line ?? null,
      step ?? null,
      year ?? null,
      asOf ?? null,
      query.limit + 1,
    ]);
    const entries = rows.map((row) => ({
      ...row,
      number: whole(row.number),
      amount: whole(row.amount),
      recordedAt: row.recordedAt.toISOString(),
    }));
    return toPage(entries, query.limit, (entry) => [entry.number], filters);
  }

  /** Replays the ledger: every balance must be what its entries add up to. */
  async verify(): Promise<VerificationView> {
    const { manager } = this.transactions;
    // One statement sees one moment; entries that come meanwhile are in both sums or in neither.
    const differences = await manager.query<Difference[]>(DIFFERENCES);
    const [counts] = await manager.query<{ lines: string; entries: string }[]>(
      `SELECT (SELECT count(*) FROM budget_line) AS lines, (SELECT count(*) FROM budget_entry) AS entries`,
    );
    return {
      lines: whole(counts?.lines ?? '0'),
      entries: whole(counts?.entries ?? '0'),
      differences: differences.map(({ entries, balance, ...where }) => ({
        ...where,
        entries: whole(entries),
        balance: whole(balance),
      })),
    };
  }
}

function whole(value: string): number {
  return wholeNumber.from(value) as number;
}
