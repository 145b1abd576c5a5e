import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DatasetWithdrawals1790000007500, DeclaredDatasets1790000006050 } from '#libs/messaging';
import { Catalogue1767312000000 } from '../../apps/registry/src/migrations/catalogue.js';
import { RegistryDelivery1790000006300 } from '../../apps/registry/src/migrations/registry-delivery.js';
import { RegistrySharing1790000006000 } from '../../apps/registry/src/migrations/registry-sharing.js';
import { RegistrySharingLimits1790000007400 } from '../../apps/registry/src/migrations/registry-sharing-limits.js';
import { RegistryWebhookSecrets1790000007300 } from '../../apps/registry/src/migrations/registry-webhook-secrets.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { withMigrations } from '../support/with-migrations.js';

const BEFORE = [
  Catalogue1767312000000,
  RegistrySharing1790000006000,
  DeclaredDatasets1790000006050,
  RegistryDelivery1790000006300,
];
const ADDED = [
  RegistryWebhookSecrets1790000007300,
  RegistrySharingLimits1790000007400,
  DatasetWithdrawals1790000007500,
];

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

/** A request, its grant and a webhook as the release before wrote them. */
async function fill(source: DataSource): Promise<void> {
  const [dataset, request, grant] = [randomUUID(), randomUUID(), randomUUID()];
  await source.query(
    `INSERT INTO sharing_dataset VALUES ('${dataset}', 1, 'stc-gia-dat', NULL, 'STC', '{}', '{}', 'AGENCIES',
       'ioc.agencies.stc-gia-dat.*', '{}', '[]', '{}', 'shared', 'on-request', false, NULL, NULL, 'open', now(), now())`,
  );
  await source.query(
    `INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, valid_from, valid_until,
       frequency, method, contact, state, submitted_at, due_on, decided_at, decision)
     VALUES ('${request}', 2, '${dataset}', 'SYT', 'x', 'x', '2026-06-01', '2026-12-31', 'Hằng ngày', 'sync', '{}', 'granted',
       now(), '2026-04-27', now(), '{"reason": null, "decidedBy": null}')`,
  );
  await source.query(
    `INSERT INTO sharing_grant (id, version, request_id, dataset_id, receiver, provider, purpose, method, valid_from,
       valid_until, state, state_at, opening_due_on)
     VALUES ('${grant}', 1, '${request}', '${dataset}', 'SYT', 'STC', 'x', 'sync', '2026-06-01', '2026-12-31', 'active',
       now(), '2026-04-22')`,
  );
  await source.query(
    `INSERT INTO sharing_webhook (grant_id, version, url, secret) VALUES ('${grant}', 1, 'https://x.vn/', 'in the clear')`,
  );
  await source.query(`INSERT INTO declared_dataset VALUES ('registry.database', 2, 'x')`);
}

describe('a registry with grants of the release before', () => {
  it('keeps them when limits, late openings, sealed secrets and withdrawals are added, taken off and added again', async () => {
    await withMigrations(database, BEFORE, async (source) => {
      await source.runMigrations();
      await fill(source);
    });
    const state = `
      SELECT g.frequency, g.opening_due_on::text AS due, g.opening_escalation AS told, r.objects_to, w.secret, w.sealed_secret
      FROM sharing_grant g JOIN sharing_request r ON r.id = g.request_id JOIN sharing_webhook w ON w.grant_id = g.id`;
    const kept = {
      frequency: 'Hằng ngày',
      due: '2026-06-01',
      told: 0,
      objects_to: null,
      secret: 'in the clear',
      sealed_secret: null,
    };
    const declared = 'SELECT code, version, content, withdrawn_at FROM declared_dataset';
    await withMigrations(database, [...BEFORE, ...ADDED], async (source) => {
      await source.runMigrations();
      expect(await source.query(state)).toEqual([kept]);
      expect(await source.query(declared)).toEqual([
        { code: 'registry.database', version: 2, content: null, withdrawn_at: null },
      ]);
      for (const _ of ADDED) await source.undoLastMigration();
      expect(await source.query('SELECT secret FROM sharing_webhook')).toEqual([{ secret: 'in the clear' }]);
      await source.runMigrations();
      expect(await source.query(state)).toEqual([kept]);
    });
  });
});
