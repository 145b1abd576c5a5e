import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '#libs/contracts';

/**
 * - `system`: a program of an agency that acts for itself (client credentials)
 * - `web`: a site whose server keeps a secret; people log in through it
 * - `browser`: a page without a server of its own; people log in through it, no secret
 * - `native`: a program on a person's machine, answered at a loopback address; no secret
 */
export const CLIENT_KINDS = ['system', 'web', 'browser', 'native'] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** Kinds that can keep a secret. */
export const SECRET_KINDS: readonly ClientKind[] = ['system', 'web'];

@Entity('clients')
export class Client {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  kind: ClientKind;

  /** Code of the agency a system belongs to; null for applications, whose people bring theirs. */
  @Column('text', { nullable: true })
  agency: string | null;

  /** All that its tokens may ever carry. */
  @Column('text', { array: true })
  scopes: Scope[];

  @Column('text', { name: 'redirect_uris', array: true })
  redirectUris: string[];

  @Column('text', { name: 'post_logout_redirect_uris', array: true })
  postLogoutRedirectUris: string[];

  /** The province's own application: people are not asked whether it may act for them. */
  @Column('boolean', { name: 'first_party' })
  firstParty: boolean;

  @Column('text', { name: 'secret_hash', nullable: true })
  secretHash: string | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
