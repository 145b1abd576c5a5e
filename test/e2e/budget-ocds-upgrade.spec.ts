import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { MessagingTables1767225600000 } from '#libs/messaging';
import { BudgetReleases1790000004500 } from '../../apps/budget/src/migrations/budget-releases.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { withMigrations } from '../support/with-migrations.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const ITEM = '01980000-0000-7000-8000-000000000001';

async function publish(source: DataSource, aggregate: string, id: string, sequence: number): Promise<void> {
  const data = JSON.stringify({ id, version: sequence, name: 'Kho dữ liệu', changed: ['name'] });
  await source.query(
    `INSERT INTO outbox (event_id, aggregate, aggregate_id, sequence, type, occurred_at, data)
     VALUES (gen_random_uuid(), $1, $2, $3, 'vn.ioc.budget.item.changed.v1', '2026-03-01T00:00:00Z', $4)`,
    [aggregate, id, sequence, data],
  );
}

it('what a province has published before is released, with the fields that came later; then every change is', async () => {
  await withMigrations(database, [MessagingTables1767225600000], async (source) => {
    await source.runMigrations();
    await publish(source, 'item', ITEM, 4);
    await publish(source, 'estimate', ITEM, 1);
  });
  await withMigrations(
    database,
    [MessagingTables1767225600000, BudgetReleases1790000004500],
    async (source) => {
      await source.runMigrations();
      await publish(source, 'item', ITEM, 5);
      await publish(source, 'round', ITEM, 1);
      const releases: unknown = await source.query(
        'SELECT item_id, version, state FROM item_release ORDER BY version',
      );
      const state = { id: ITEM, name: 'Kho dữ liệu' };
      const later = { lines: [], stage: null, partnership: null, code: null, status: 'active', origin: null };
      expect(releases).toEqual([
        {
          item_id: ITEM,
          version: 4,
          state: {
            ...state,
            ...later,
            version: 4,
            legalRegime: null,
            projectGroup: null,
            statusReason: null,
          },
        },
        { item_id: ITEM, version: 5, state: { ...state, version: 5 } },
      ]);
      await source.undoLastMigration();
      await publish(source, 'item', ITEM, 6);
      expect(await source.query(`SELECT to_regclass('item_release') AS name`)).toEqual([{ name: null }]);
    },
  );
});
