import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets of webhooks lie sealed; those in the clear of the release before are sealed when the service starts. */
export class RegistryWebhookSecrets1790000007300 implements MigrationInterface {
  name = 'RegistryWebhookSecrets1790000007300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sharing_webhook ADD sealed_secret text, ALTER secret DROP NOT NULL');
    // What goes to the national platform is not called, and has no secret.
    await runner.query(`UPDATE sharing_webhook SET secret = NULL WHERE secret = ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // What is sealed cannot be opened here: those receivers set their webhooks again.
    await runner.query('DELETE FROM sharing_webhook WHERE sealed_secret IS NOT NULL');
    await runner.query(`UPDATE sharing_webhook SET secret = '' WHERE secret IS NULL`);
    await runner.query('ALTER TABLE sharing_webhook DROP sealed_secret, ALTER secret SET NOT NULL');
  }
}
