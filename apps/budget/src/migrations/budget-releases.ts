import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every state that an item was published in, for the OCDS releases: events leave the outbox after a month, releases stay.
 * Written by the insert of the event itself, so that no change can be without its release.
 */
export class BudgetReleases1790000004500 implements MigrationInterface {
  name = 'BudgetReleases1790000004500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE item_release (
        item_id uuid NOT NULL,
        version integer NOT NULL,
        released_at timestamptz NOT NULL,
        state jsonb NOT NULL,
        PRIMARY KEY (item_id, version)
      )`);
    await runner.query(`CREATE INDEX item_release_time ON item_release (released_at, item_id, version)`);
    await runner.query(`
      CREATE FUNCTION budget_keep_release() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO item_release (item_id, version, released_at, state)
        VALUES (NEW.aggregate_id::uuid, NEW.sequence, NEW.occurred_at, NEW.data::jsonb - 'changed')
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER keep_release AFTER INSERT ON outbox FOR EACH ROW
        WHEN (NEW.aggregate = 'item' AND NEW.aggregate_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
        EXECUTE FUNCTION budget_keep_release()`);
    // What a province has entered before; of states that are no longer kept nothing is made up. The newest of each item is.
    await runner.query(`
      INSERT INTO item_release (item_id, version, released_at, state)
      SELECT aggregate_id::uuid, sequence, occurred_at,
             -- Fields that came later, as an item without them is answered today.
             '{"code": null, "legalRegime": null, "projectGroup": null, "status": "active", "statusReason": null,
               "stage": null, "lines": [], "partnership": null, "origin": null}'::jsonb || (data::jsonb - 'changed')
        FROM outbox WHERE aggregate = 'item'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER keep_release ON outbox`);
    await runner.query(`DROP FUNCTION budget_keep_release`);
    await runner.query(`DROP TABLE item_release`);
  }
}
