import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Catalogue1767312000000 } from '../../apps/registry/src/migrations/catalogue.js';
import { RegistryAttributes1790000005000 } from '../../apps/registry/src/migrations/registry-attributes.js';
import { RegistryConnections1790000005200 } from '../../apps/registry/src/migrations/registry-connections.js';
import { RegistryQuality1790000005300 } from '../../apps/registry/src/migrations/registry-quality.js';
import { RegistryWork1790000005100 } from '../../apps/registry/src/migrations/registry-work.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { withMigrations } from '../support/with-migrations.js';

const ADDED = [
  RegistryAttributes1790000005000,
  RegistryWork1790000005100,
  RegistryConnections1790000005200,
  RegistryQuality1790000005300,
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const ENTRIES = `
  SELECT version, name, lifecycle, code, use_state, open_attributes, lists, funding FROM registry_database ORDER BY name`;

describe('a database of the first form', () => {
  it('keeps its entries when the new tables are added, taken off and added again', async () => {
    await withMigrations(database, [Catalogue1767312000000], async (source) => {
      await source.runMigrations();
      for (const table of ['registry_database', 'registry_system']) {
        await source.query(
          `INSERT INTO ${table} (id, version, name, kind, owner_code, owner_name, lifecycle, search_text, created_at, updated_at)
           VALUES (gen_random_uuid(), 3, 'Mục cũ', $1, 'SYT', 'Sở Y tế', 'trial', '', now(), now())`,
          [table === 'registry_database' ? 'sector' : 'portal'],
        );
      }
    });
    const kept = [
      {
        version: 3,
        name: 'Mục cũ',
        lifecycle: 'trial',
        code: null,
        use_state: 'not-determined',
        open_attributes: [],
        lists: [],
        funding: { items: [], allocated: 0 },
      },
    ];
    await withMigrations(database, [Catalogue1767312000000, ...ADDED], async (source) => {
      await source.runMigrations();
      expect(await source.query(ENTRIES)).toEqual(kept);
      for (const _ of ADDED) await source.undoLastMigration();
      for (const table of ['registry_database', 'registry_system']) {
        expect(await source.query(`SELECT version, name, lifecycle FROM ${table}`)).toEqual([
          { version: 3, name: 'Mục cũ', lifecycle: 'trial' },
        ]);
      }
      await source.runMigrations();
      expect(await source.query(ENTRIES)).toEqual(kept);
    });
  });
});
