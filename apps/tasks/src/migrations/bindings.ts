import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Measures of other services as their events tell them, and the tasks bound to them. */
export class Bindings1790000003500 implements MigrationInterface {
  name = 'Bindings1790000003500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE measure (
        kind text NOT NULL,
        subject text NOT NULL,
        sequence integer NOT NULL,
        name text NOT NULL,
        facts jsonb NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (kind, subject)
      )`);
    await runner.query(`
      CREATE TABLE task_binding (
        task_id uuid PRIMARY KEY REFERENCES task (id),
        version integer NOT NULL CHECK (version >= 1),
        kind text,
        subject text,
        target text,
        applied_sequence integer NOT NULL,
        reached_on date,
        CONSTRAINT bound_to_something CHECK ((kind IS NULL) = (subject IS NULL))
      )`);
    await runner.query(`CREATE INDEX task_binding_measure ON task_binding (kind, subject)`);
    await runner.query(`
      CREATE TABLE task_binding_change (
        task_id uuid NOT NULL REFERENCES task_binding (task_id),
        version integer NOT NULL,
        action text NOT NULL CHECK (action IN ('set', 'reached', 'removed')),
        at timestamptz NOT NULL,
        subject text NOT NULL,
        agency_code text,
        description text NOT NULL,
        PRIMARY KEY (task_id, version)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE task_binding_change, task_binding, measure`);
  }
}
