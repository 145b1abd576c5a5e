import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports that came on paper and are entered by those who oversee the duty. */
export class PaperReports1790000003700 implements MigrationInterface {
  name = 'PaperReports1790000003700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE report_answer ADD received_at timestamptz,
        ADD CONSTRAINT received_was_submitted CHECK (received_at IS NULL OR received_at <= submitted_at)`);
    await runner.query(`ALTER TABLE report_answer_version ADD received_on date`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE report_answer_version DROP received_on`);
    await runner.query(`ALTER TABLE report_answer DROP received_at`);
  }
}
