import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rounds of estimates that are cancelled, and what must be known to take a round's plans back. */
export class BudgetRoundWithdrawals1790000004610 implements MigrationInterface {
  name = 'BudgetRoundWithdrawals1790000004610';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE estimate_round
        DROP CONSTRAINT estimate_round_state_check,
        ADD CONSTRAINT estimate_round_state_check
          CHECK (state IN ('open', 'consolidated', 'appraised', 'approved', 'allocated', 'cancelled')),
        ADD COLUMN cancel_document text,
        ADD COLUMN cancel_reason text,
        ADD CONSTRAINT cancelled_with_a_ground
          CHECK ((state = 'cancelled') = (cancel_document IS NOT NULL)
            AND (cancel_document IS NULL) = (cancel_reason IS NULL))`);
    // Of rounds consolidated before it is not known who made the plan: taken back, they leave it as it is.
    await runner.query(`ALTER TABLE estimate_line ADD COLUMN plans_line boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE estimate_line DROP COLUMN plans_line`);
    await runner.query(`
      ALTER TABLE estimate_round
        DROP CONSTRAINT cancelled_with_a_ground,
        DROP COLUMN cancel_document,
        DROP COLUMN cancel_reason,
        DROP CONSTRAINT estimate_round_state_check,
        ADD CONSTRAINT estimate_round_state_check
          CHECK (state IN ('open', 'consolidated', 'appraised', 'approved', 'allocated'))`);
  }
}
