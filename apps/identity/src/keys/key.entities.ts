import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { JWK } from 'jose';
import type { Kept } from './sealer.js';

/**
 * `current` signs; `next` is published already, so that every service knows it before it signs; `retired` stays
 * published until the last token it signed has expired.
 */
export type KeyState = 'current' | 'next' | 'retired';

@Entity('signing_keys')
export class SigningKey {
  /** Thumbprint of the public key (RFC 7638), the `kid` of its tokens. */
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  state: KeyState;

  /** Private key. */
  @Column('jsonb')
  key: Kept<JWK>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt: Date | null;

  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt: Date | null;
}

/** Signs the cookies of login pages, so that a restart does not end everybody's session. */
@Entity('cookie_keys')
export class CookieKey {
  @PrimaryColumn('uuid')
  id: string;

  @Column('jsonb')
  key: Kept<string>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
