import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices, inboxes, contacts and deliveries. */
export class Notices1790000003000 implements MigrationInterface {
  name = 'Notices1790000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notice (
        id uuid PRIMARY KEY,
        cause text NOT NULL CONSTRAINT notice_once_per_cause UNIQUE CHECK (cause <> ''),
        kind text NOT NULL,
        about jsonb NOT NULL,
        task_id uuid REFERENCES task (id) ON DELETE CASCADE,
        title text NOT NULL CHECK (title <> ''),
        text text NOT NULL,
        given_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX notice_task ON notice (task_id, given_at) WHERE task_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE notice_recipient (
        notice_id uuid NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
        agency_code text NOT NULL,
        role text NOT NULL CHECK (role IN ('desk', 'head', 'vice-chair')),
        read_at timestamptz,
        read_by text,
        PRIMARY KEY (notice_id, agency_code, role)
      )`);
    await runner.query(`CREATE INDEX notice_inbox ON notice_recipient (agency_code, notice_id)`);
    await this.createDeliveries(runner);
    await this.createReminders(runner);
    await this.createExplanations(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE explanation_change, explanation_agency, explanation, reminder_plan, reminder, delivery, contact,
        notice_recipient, notice`);
  }

  private async createDeliveries(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        agency_code text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
        role text NOT NULL CHECK (role IN ('desk', 'head', 'vice-chair')),
        address text NOT NULL CHECK (address <> ''),
        secret text,
        active boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (agency_code, channel, role, address),
        CONSTRAINT webhooks_are_signed CHECK (channel <> 'webhook' OR NOT active OR secret IS NOT NULL)
      )`);
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        notice_id uuid NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
        contact_id uuid NOT NULL REFERENCES contact (id),
        agency_code text NOT NULL,
        channel text NOT NULL,
        address text NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
        attempts integer NOT NULL CHECK (attempts >= 0),
        next_attempt_at timestamptz NOT NULL,
        leased_until timestamptz,
        last_error text,
        delivered_at timestamptz,
        CONSTRAINT delivery_once UNIQUE (notice_id, contact_id),
        CONSTRAINT delivered_has_its_time CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX delivery_one_mail ON delivery (notice_id, address) WHERE channel = 'email'`);
    await runner.query(`
      CREATE INDEX delivery_waiting ON delivery (next_attempt_at, id) WHERE state = 'waiting'`);
  }

  private async createReminders(runner: QueryRunner): Promise<void> {
    // A due date that moves has a calendar of its own; the same step of the same date is taken once.
    await runner.query(`
      CREATE TABLE reminder (
        subject text NOT NULL CHECK (subject IN ('task', 'explanation')),
        subject_id uuid NOT NULL,
        last_day date NOT NULL,
        step text NOT NULL,
        planned_on date NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('sent', 'passed-over')),
        at timestamptz NOT NULL,
        PRIMARY KEY (subject, subject_id, last_day, step)
      )`);
    // When to look at a subject again, so that a round reads only what is due.
    await runner.query(`
      CREATE TABLE reminder_plan (
        subject text NOT NULL,
        subject_id uuid NOT NULL,
        last_day date NOT NULL,
        next_on date NOT NULL,
        PRIMARY KEY (subject, subject_id)
      )`);
  }

  private async createExplanations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE explanation (
        id uuid PRIMARY KEY,
        version integer NOT NULL CHECK (version >= 1),
        task_id uuid NOT NULL REFERENCES task (id),
        task_title text NOT NULL,
        requester_code text,
        reason text NOT NULL CHECK (reason <> ''),
        requested_on date NOT NULL,
        last_day date NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX explanation_task ON explanation (task_id)`);
    await runner.query(`CREATE INDEX explanation_open ON explanation (last_day, id) WHERE state = 'open'`);
    await runner.query(`
      CREATE TABLE explanation_agency (
        explanation_id uuid NOT NULL REFERENCES explanation (id) ON DELETE CASCADE,
        agency_code text NOT NULL,
        agency_name text NOT NULL,
        position integer NOT NULL,
        answered_on date,
        answer text,
        document jsonb,
        PRIMARY KEY (explanation_id, agency_code),
        CONSTRAINT an_answer_has_its_day CHECK ((answered_on IS NULL) = (answer IS NULL))
      )`);
    await runner.query(`
      CREATE INDEX explanation_agency_code ON explanation_agency (agency_code, explanation_id)`);
    await runner.query(`
      CREATE TABLE explanation_change (
        explanation_id uuid NOT NULL REFERENCES explanation (id) ON DELETE CASCADE,
        version integer NOT NULL,
        action text NOT NULL CHECK (action IN ('request', 'answer', 'withdrawal')),
        at timestamptz NOT NULL,
        subject text NOT NULL,
        agency_code text,
        note text,
        PRIMARY KEY (explanation_id, version)
      )`);
  }
}
