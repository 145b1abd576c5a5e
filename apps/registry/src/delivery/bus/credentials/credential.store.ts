import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';

/** Whose user on the bus it is. */
export interface CredentialOwner {
  kind: 'grant' | 'dataset';
  id: string;
}

/** A user of an agency on the bus. The secret key is not here: it was given away, or never came. */
export interface CredentialState {
  /** Public nkey. */
  publicKey: string;
  issuedAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** Client that asked for it. */
  issuedTo: string;
}

/** Whose credential was shown to the broker. */
export interface CredentialHolder {
  grantId: string | null;
  agency: string;
  provider: string;
  datasetCode: string;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** What became of a key that was to be stored; `refused`: it is another owner's, or was revoked. */
export type IssueOutcome = 'issued' | 'renewed' | 'unchanged' | 'refused';

const STATE = `public_key AS "publicKey", issued_at AS "issuedAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", issued_to AS "issuedTo"`;

interface CredentialRow {
  publicKey: string;
  issuedAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  issuedTo: string;
}

@Injectable()
export class CredentialStore {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async of(owner: CredentialOwner): Promise<CredentialState[]> {
    const rows = await this.transactions.manager.query<CredentialRow[]>(
      `SELECT ${STATE} FROM sharing_credential WHERE ${column(owner)} = $1 ORDER BY issued_at DESC, public_key LIMIT 100`,
      [owner.id],
    );
    return rows.map((row) => ({
      ...row,
      issuedAt: row.issuedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      revokedAt: row.revokedAt?.toISOString() ?? null,
    }));
  }

  /** Inside `run`. No step of the grant is taken from here until the transaction ends. */
  async holdGrant(grantId: string): Promise<void> {
    await this.transactions.manager.query('SELECT 1 FROM sharing_grant WHERE id = $1 FOR SHARE', [grantId]);
  }

  /**
   * Stores a user, or gives the one of this key another end; those of other keys of the same owner are revoked. A key
   * that was revoked stays so: the broker knows only until when, and a later JWT of it would be good again. Inside `run`.
   */
  async issue(
    owner: CredentialOwner,
    { publicKey, expiresAt, issuedTo }: { publicKey: string; expiresAt: Date; issuedTo: string },
  ): Promise<IssueOutcome> {
    const { manager } = this.transactions;
    // Two that are issued at the same time: the later one revokes the earlier one, unless it is of the same key.
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`credential ${owner.id}`]);
    const [known] = await manager.query<{ expiresAt: Date }[]>(
      `SELECT expires_at AS "expiresAt" FROM sharing_credential WHERE public_key = $1`,
      [publicKey],
    );
    const stored = await manager.query<unknown[]>(
      `INSERT INTO sharing_credential AS known (public_key, ${column(owner)}, issued_at, expires_at, issued_to)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (public_key) DO UPDATE SET issued_at = $3, expires_at = $4, issued_to = $5
         WHERE known.${column(owner)} = $2 AND known.revoked_at IS NULL
       RETURNING public_key`,
      [publicKey, owner.id, this.clock.now(), expiresAt, issuedTo],
    );
    if (stored.length === 0) return 'refused';
    await manager.query(
      `UPDATE sharing_credential SET revoked_at = $3
       WHERE ${column(owner)} = $1 AND public_key <> $2 AND revoked_at IS NULL`,
      [owner.id, publicKey, this.clock.now()],
    );
    if (!known) return 'issued';
    return known.expiresAt.getTime() === expiresAt.getTime() ? 'unchanged' : 'renewed';
  }

  /**
   * Revokes users of grants that were stopped before they had a consumer, whose closing would have revoked them. Inside
   * `run`.
   */
  async revokeOfNeverOpened(): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE sharing_credential credential SET revoked_at = $1
       FROM sharing_grant g
       WHERE g.id = credential.grant_id AND g.state <> 'active' AND credential.revoked_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM sharing_bus_consumer consumer WHERE consumer.grant_id = g.id AND consumer.state = 'open')`,
      [this.clock.now()],
    );
  }

  /** Inside `run`. @returns public keys that the broker is to be told of */
  async revokeOfGrant(grantId: string): Promise<string[]> {
    const { manager } = this.transactions;
    await manager.query(
      'UPDATE sharing_credential SET revoked_at = $2 WHERE grant_id = $1 AND revoked_at IS NULL',
      [grantId, this.clock.now()],
    );
    const rows = await manager.query<{ publicKey: string }[]>(
      `SELECT public_key AS "publicKey" FROM sharing_credential WHERE grant_id = $1 AND revocation_told_at IS NULL`,
      [grantId],
    );
    return rows.map(({ publicKey }) => publicKey);
  }

  /** Revoked ones that the broker has not been told of. */
  async untold(): Promise<string[]> {
    const rows = await this.transactions.manager.query<{ publicKey: string }[]>(
      `SELECT public_key AS "publicKey" FROM sharing_credential
       WHERE revoked_at IS NOT NULL AND revocation_told_at IS NULL ORDER BY revoked_at LIMIT 500`,
    );
    return rows.map(({ publicKey }) => publicKey);
  }

  async told(publicKeys: readonly string[]): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.query(
        'UPDATE sharing_credential SET revocation_told_at = $2 WHERE public_key = ANY ($1) AND revoked_at IS NOT NULL',
        [publicKeys, this.clock.now()],
      );
    });
  }

  /** Null for a key that was never issued here. */
  async holder(publicKey: string): Promise<CredentialHolder | null> {
    const [holder] = await this.transactions.manager.query<CredentialHolder[]>(
      `SELECT credential.grant_id AS "grantId", COALESCE(g.receiver, own.provider) AS agency,
         COALESCE(g.provider, own.provider) AS provider, COALESCE(dataset.code, own.code) AS "datasetCode",
         credential.expires_at AS "expiresAt", credential.revoked_at AS "revokedAt"
       FROM sharing_credential credential
       LEFT JOIN sharing_grant g ON g.id = credential.grant_id
       LEFT JOIN sharing_dataset dataset ON dataset.id = g.dataset_id
       LEFT JOIN sharing_dataset own ON own.id = credential.dataset_id
       WHERE credential.public_key = $1`,
      [publicKey],
    );
    return holder ?? null;
  }
}

function column({ kind }: CredentialOwner): string {
  return kind === 'grant' ? 'grant_id' : 'dataset_id';
}
