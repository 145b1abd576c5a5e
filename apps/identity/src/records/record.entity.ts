import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session, login under way, grant, code or refresh token of the protocol library. */
@Entity('protocol_records')
export class ProtocolRecord {
  @PrimaryColumn('text')
  model: string;

  /** SHA-256 of the identifier, which is itself the credential: a copy of this table lets nobody in. */
  @PrimaryColumn('bytea', { name: 'id_hash' })
  idHash: Buffer;

  @Column('jsonb')
  payload: Record<string, unknown>;

  @Column('text', { name: 'grant_id', nullable: true })
  grantId: string | null;

  /** Second identifier of a session. */
  @Column('text', { nullable: true })
  uid: string | null;

  @Column('text', { name: 'account_id', nullable: true })
  accountId: string | null;

  @Column('text', { name: 'client_id', nullable: true })
  clientId: string | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt: Date | null;
}
