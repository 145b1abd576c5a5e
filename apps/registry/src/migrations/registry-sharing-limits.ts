import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants within limits, objections to answers, and openings of accounts that are late. */
export class RegistrySharingLimits1790000007400 implements MigrationInterface {
  name = 'RegistrySharingLimits1790000007400';

  async up(runner: QueryRunner): Promise<void> {
    // Less than was asked is a refusal of the rest, and needs what a refusal needs.
    await runner.query(`
      ALTER TABLE sharing_request ADD objects_to uuid REFERENCES sharing_request (id),
        ADD CONSTRAINT limits_in_writing CHECK (COALESCE(decision -> 'limits', 'null') = 'null'
          OR btrim(COALESCE(decision ->> 'legalGround', '')) <> '')`);
    await runner.query(`
      ALTER TABLE sharing_grant ADD frequency text,
        ADD opening_escalation integer NOT NULL DEFAULT 0 CHECK (opening_escalation BETWEEN 0 AND 3)`);
    await runner.query(`
      UPDATE sharing_grant g SET frequency = request.frequency
      FROM sharing_request request WHERE request.id = g.request_id`);
    // Nothing is opened before the first day.
    await runner.query(`
      UPDATE sharing_grant SET opening_due_on = valid_from
      WHERE opened_at IS NULL AND opening_due_on < valid_from`);
    await runner.query(`
      CREATE INDEX sharing_grant_unopened ON sharing_grant (opening_due_on)
      WHERE opened_at IS NULL AND state = 'active'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sharing_grant_unopened');
    await runner.query('ALTER TABLE sharing_grant DROP frequency, DROP opening_escalation');
    await runner.query('ALTER TABLE sharing_request DROP objects_to, DROP CONSTRAINT limits_in_writing');
  }
}
