import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What passed between two agencies is found without walking all that either of them had with others. */
export class RegistryExchangePairs1790000007000 implements MigrationInterface {
  name = 'RegistryExchangePairs1790000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX exchange_record_pair ON exchange_record (provider, receiver, sequence)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX exchange_record_pair');
  }
}
