import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Round } from '#libs/http';
import { SecretSealer, TransactionScope } from '#libs/persistence';

export const SECRET_TABLE = Symbol('SecretTable');

/** A table with the columns `sealed_secret` and `secret`: what a release before the sealing wrote is in the latter. */
export interface SecretTable {
  name: string;
  /** SQL: what a row's secret is sealed for; as its writer gives it to the sealer. */
  owner: string;
}

interface SecretRow {
  owner: string;
  secret: string | null;
  sealed: string | null;
}

/** Seals what lies in the clear, and anew what an earlier key sealed: at the start, and when an older replica wrote. */
@Injectable()
export class SecretSealing extends Round implements OnApplicationBootstrap {
  readonly name = 'webhook-secrets';
  private readonly logger = new Logger('WebhookSecrets');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly sealer: SecretSealer,
    @Inject(SECRET_TABLE) private readonly table: SecretTable,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.sealer.canSeal) {
      this.logger.warn('WEBHOOK_SECRETS_KEY is not set: webhooks are neither taken nor served.');
      return;
    }
    await this.sealEach('secret IS NOT NULL OR sealed_secret IS NOT NULL');
  }

  async run(): Promise<void> {
    if (this.sealer.canSeal) await this.sealEach('secret IS NOT NULL');
  }

  /** How many secrets cannot be used with the keys that this process has. */
  async unusable(): Promise<number> {
    const rows = await this.rows('secret IS NOT NULL OR sealed_secret IS NOT NULL', '');
    return rows.filter((row) => row.secret !== null || this.opened(row) === null).length;
  }

  private async sealEach(which: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const rows = await this.rows(which, 'FOR UPDATE');
      for (const row of rows) {
        const opened = row.secret === null ? this.opened(row) : { text: row.secret, isCurrent: false };
        if (!opened || opened.isCurrent) continue;
        await manager.query(
          `UPDATE ${this.table.name} SET secret = NULL, sealed_secret = $2 WHERE ${this.table.owner} = $1`,
          [row.owner, this.sealer.seal(opened.text, row.owner)],
        );
      }
    });
  }

  private rows(which: string, lock: string): Promise<SecretRow[]> {
    return this.transactions.manager.query(
      `SELECT ${this.table.owner} AS owner, secret, sealed_secret AS sealed FROM ${this.table.name}
       WHERE ${which} ORDER BY 1 ${lock}`,
    );
  }

  /** Null when no key that is set opens it. */
  private opened({ owner, sealed }: SecretRow): ReturnType<SecretSealer['open']> | null {
    try {
      return this.sealer.open(sealed ?? '', owner);
    } catch {
      return null;
    }
  }
}
