import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { MONEY_CHAIN, type MoneySource, type MoneyStep } from '#libs/contracts';
import { EMPTY_BALANCE, type LedgerBalance, post } from '../../apps/budget/src/ledger/ledger-rules.js';
import { BudgetEstimates1790000004100 } from '../../apps/budget/src/migrations/budget-estimates.js';
import { BudgetItems1767312000000 } from '../../apps/budget/src/migrations/budget-items.js';
import { BudgetLedger1790000004000 } from '../../apps/budget/src/migrations/budget-ledger.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

const SOURCES: readonly MoneySource[] = ['state-recurrent', 'enterprise'];
const YEAR = 2026;

type Operation =
  | { kind: 'enter'; line: number; step: MoneyStep; amount: number; overGrant: boolean }
  | { kind: 'reverse'; which: number }
  | { kind: 'year'; state: 'open' | 'closed' };

/** Later steps with smaller amounts, so that money gets on its way and limits are still met often. */
const MOST: Readonly<Record<MoneyStep, number>> = {
  requested: 60,
  appraised: 45,
  approved: 35,
  allocated: 25,
  disbursed: 12,
  settled: 8,
};

const enter = fc
  .record({
    line: fc.nat(SOURCES.length - 1),
    step: fc.constantFrom(...MONEY_CHAIN),
    overGrant: fc.boolean(),
  })
  .chain((one) =>
    fc
      .integer({ min: 1, max: MOST[one.step] })
      .map((amount): Operation & { kind: 'enter' } => ({ kind: 'enter', amount, ...one })),
  );

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: enter },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('reverse' as const), which: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('year' as const),
      state: fc.constantFrom('open' as const, 'open' as const, 'closed' as const),
    }),
  },
);

interface Entry {
  id: string;
  line: string;
  step: MoneyStep;
  amount: number;
  reverses: string | null;
  overGrant: boolean;
}

interface ModelEntry extends Entry {
  source: MoneySource;
  excess: number;
  reversed: boolean;
}

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createDatabase();
  const migrations = [BudgetItems1767312000000, BudgetLedger1790000004000, BudgetEstimates1790000004100];
  const source = new DataSource({ type: 'postgres', url: database.url, migrations });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** An activity with a line of each source, all empty, in an open year. */
async function newLines(): Promise<string[]> {
  const item = uuidv7();
  const lines = SOURCES.map(() => uuidv7());
  await pool.query(
    `INSERT INTO budget_item (id, version, kind, name, owner_name, fiscal_year, search_text, created_at, updated_at)
     VALUES ($1, 1, 'activity', 'Thuê dịch vụ', 'Sở Y tế', ${YEAR}, '', now(), now())`,
    [item],
  );
  await pool.query(
    `INSERT INTO budget_line (id, item_id, source, year, form, planned, created_at)
     SELECT id, $2, source, ${YEAR}, 'cash', 0, now() FROM unnest($1::uuid[], $3::text[]) AS line (id, source)`,
    [lines, item, SOURCES],
  );
  await pool.query(`UPDATE budget_year SET state = 'open' WHERE year = ${YEAR}`);
  return lines;
}

/** Whether the database takes the entry; anything but a broken rule is a failure of the test. */
async function insert(entry: Entry): Promise<boolean> {
  try {
    await pool.query(...insertOf(entry));
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === '23514' || error.code === '23505')) return false;
    throw error;
  }
}

function insertOf({ id, line, step, amount, reverses, overGrant }: Entry): [string, unknown[]] {
  return [
    `INSERT INTO budget_entry (id, line_id, step, amount, reverses, over_grant, effective_on, document, reason, author, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, '2026-04-20', '12/QĐ-UBND', 'lý do', 'test', now())`,
    [id, line, step, amount, reverses, overGrant],
  ];
}

async function balanceOf(line: string): Promise<LedgerBalance> {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT requested, appraised, approved, allocated, disbursed, settled, over_granted AS "overGranted"
       FROM budget_balance WHERE line_id = $1`,
    [line],
  );
  const columns = Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]);
  return Object.fromEntries(columns) as LedgerBalance;
}

/** What the line's entries add up to, read from the ledger alone. */
async function replayOf(line: string): Promise<LedgerBalance> {
  const { rows } = await pool.query<{
    step: MoneyStep;
    amount: string;
    excess: string;
    reverses: string | null;
  }>('SELECT step, amount, excess, reverses FROM budget_entry WHERE line_id = $1 ORDER BY number', [line]);
  const replayed = { ...EMPTY_BALANCE };
  for (const { step, amount, excess, reverses } of rows) {
    replayed[step] += Number(amount);
    replayed.overGranted += reverses === null ? Number(excess) : -Number(excess);
  }
  return replayed;
}

function expectInvariants(balance: LedgerBalance, source: MoneySource): void {
  const { requested, appraised, approved, allocated, disbursed, settled, overGranted } = balance;
  expect(Object.values(balance).every((amount) => amount >= 0)).toBe(true);
  expect(allocated).toBeLessThanOrEqual(approved + overGranted);
  expect(disbursed).toBeLessThanOrEqual(allocated);
  expect(settled).toBeLessThanOrEqual(disbursed);
  if (source === 'enterprise') return;
  expect(appraised).toBeLessThanOrEqual(requested);
  expect(approved).toBeLessThanOrEqual(appraised);
}

describe('any sequence of ledger operations', () => {
  it('is taken or refused as the rules say, and leaves balances that the entries add up to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 40 }), async (operations) => {
        const lines = await newLines();
        const model = new Map(lines.map((line) => [line, { ...EMPTY_BALANCE }]));
        const entries: ModelEntry[] = [];
        let closed = false;
        for (const one of operations) {
          if (one.kind === 'year') {
            closed = one.state === 'closed';
            await pool.query(`UPDATE budget_year SET state = $1 WHERE year = ${YEAR}`, [one.state]);
            continue;
          }
          const attempt = one.kind === 'enter' ? entryOf(one, lines) : reversalOf(entries, one.which);
          if (!attempt) continue;
          const { entry, original } = attempt;
          const result = post(
            model.get(entry.line)!,
            {
              step: entry.step,
              amount: Math.abs(entry.amount),
              overGrant: entry.overGrant,
              ...(original && { reversesExcess: original.excess }),
            },
            entry.source,
          );
          const taken = !closed && original?.reversed !== true && !('refused' in result);
          expect([entry.step, entry.amount, await insert(entry)]).toEqual([entry.step, entry.amount, taken]);
          if (!taken || 'refused' in result) continue;
          model.set(entry.line, result.after);
          if (original) original.reversed = true;
          else entries.push({ ...entry, excess: result.excess, reversed: false });
        }
        for (const [index, line] of lines.entries()) {
          const balance = await balanceOf(line);
          expect(balance).toEqual(model.get(line));
          expect(await replayOf(line)).toEqual(balance);
          expectInvariants(balance, SOURCES[index]!);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('keeps every rule when eight connections work on one line at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(enter, { minLength: 20, maxLength: 60 }), async (operations) => {
        const lines = await newLines();
        const entries = operations.map((one) => entryOf(one, lines).entry);
        const taken = await Promise.all(entries.map(insert));
        const kept = entries.filter((_, index) => taken[index]);
        // Each entry is taken back twice at once: one reversal at most counts.
        const reversals = [...kept, ...kept].map((entry) => reverse(entry));
        const reversed = await Promise.all(reversals.map(insert));
        for (const entry of kept) {
          const times = reversals.filter(({ reverses }, index) => reverses === entry.id && reversed[index]);
          expect(times.length).toBeLessThanOrEqual(1);
        }
        for (const [index, line] of lines.entries()) {
          const balance = await balanceOf(line);
          expect(await replayOf(line)).toEqual(balance);
          expectInvariants(balance, SOURCES[index]!);
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});

describe('closing a year', () => {
  it('waits for an entry under way, and an entry waits for a closing under way and is refused then', async () => {
    const [line] = await newLines();
    const entry = () => insert(requested(line!));
    const closing = await pool.connect();
    try {
      await closing.query('BEGIN');
      await closing.query(`UPDATE budget_year SET state = 'closed' WHERE year = ${YEAR}`);
      const late = entry();
      await until(isSomebodyWaiting);
      await closing.query('COMMIT');
      expect(await late).toBe(false);

      await closing.query(`UPDATE budget_year SET state = 'open' WHERE year = ${YEAR}`);
      await closing.query('BEGIN');
      await closing.query(...insertOf(requested(line!)));
      const close = pool.query(`UPDATE budget_year SET state = 'closed' WHERE year = ${YEAR}`);
      await until(isSomebodyWaiting);
      await closing.query('COMMIT');
      await close;
    } finally {
      closing.release();
    }
    expect([await entry(), (await balanceOf(line!)).requested]).toEqual([false, 5]);
  });
});

function requested(line: string): Entry {
  return { id: uuidv7(), line, step: 'requested', amount: 5, reverses: null, overGrant: false };
}

async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

interface Attempt {
  entry: Entry & { source: MoneySource };
  original?: ModelEntry;
}

function entryOf(one: Operation & { kind: 'enter' }, lines: readonly string[]): Attempt {
  const { step, amount } = one;
  const overGrant = one.overGrant && step === 'allocated';
  const entry = { id: uuidv7(), line: lines[one.line]!, step, amount, reverses: null, overGrant };
  return { entry: { ...entry, source: SOURCES[one.line]! } };
}

function reversalOf(entries: ModelEntry[], which: number): Attempt | null {
  const original = entries[which % Math.max(entries.length, 1)];
  return original ? { entry: { ...reverse(original), source: original.source }, original } : null;
}

function reverse({ id, line, step, amount }: Entry): Entry {
  return { id: uuidv7(), line, step, amount: -amount, reverses: id, overGrant: false };
}
