import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetEstimates1790000004100 } from '../../apps/budget/src/migrations/budget-estimates.js';
import { BudgetImports1790000004600 } from '../../apps/budget/src/migrations/budget-imports.js';
import { BudgetItems1767312000000 } from '../../apps/budget/src/migrations/budget-items.js';
import { BudgetLedger1790000004000 } from '../../apps/budget/src/migrations/budget-ledger.js';
import { BudgetRoundWithdrawals1790000004610 } from '../../apps/budget/src/migrations/budget-round-withdrawals.js';
import { BudgetStagesPartnerships1790000004200 } from '../../apps/budget/src/migrations/budget-stages-partnerships.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { withMigrations } from '../support/with-migrations.js';

const ADDED = [
  BudgetLedger1790000004000,
  BudgetEstimates1790000004100,
  BudgetStagesPartnerships1790000004200,
  BudgetImports1790000004600,
  BudgetRoundWithdrawals1790000004610,
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const MONEY = `SELECT kind, total_cost, requested, allocated, supplement, status, code FROM budget_item ORDER BY kind`;

describe('a database of the first form', () => {
  it('keeps its items and their figures when the ledger is added, taken off and added again', async () => {
    await withMigrations(database, [BudgetItems1767312000000], async (source) => {
      await source.runMigrations();
      await source.query(
        `INSERT INTO budget_item (id, version, kind, name, owner_name, fiscal_year, total_cost, requested, allocated,
           supplement, search_text, created_at, updated_at)
         VALUES (gen_random_uuid(), 3, 'project', 'Dự án', 'Sở Y tế', 2023, 500, NULL, NULL, NULL, '', now(), now()),
                (gen_random_uuid(), 1, 'activity', 'Nhiệm vụ', 'Sở Y tế', 2023, NULL, 90, 100, 0, '', now(), now())`,
      );
    });
    const figures = [
      { kind: 'activity', total_cost: null, requested: '90', allocated: '100', supplement: '0' },
      { kind: 'project', total_cost: '500', requested: null, allocated: null, supplement: null },
    ].map((row) => ({ ...row, status: 'active', code: null }));
    await withMigrations(database, [BudgetItems1767312000000, ...ADDED], async (source) => {
      await source.runMigrations();
      expect(await source.query(MONEY)).toEqual(figures);
      for (const _ of ADDED) await source.undoLastMigration();
      expect(await source.query(`SELECT version FROM budget_item ORDER BY version`)).toEqual([
        { version: 1 },
        { version: 3 },
      ]);
      await source.runMigrations();
      expect(await source.query(MONEY)).toEqual(figures);
    });
  });
});
