import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '#libs/contracts';

/** Somebody who can log in. No name, no contact: what a person is called elsewhere is not needed here. */
@Entity('people')
export class Person {
  /** The `sub` of the person's tokens (UUIDv7). */
  @PrimaryColumn('uuid')
  id: string;

  /** Lower case. */
  @Column('text')
  username: string;

  /** argon2id, in the usual PHC text form. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  @Column('timestamptz', { name: 'password_changed_at' })
  passwordChangedAt: Date;

  /** Somebody else knows it: the person has to choose another one at the next login. */
  @Column('boolean', { name: 'password_temporary' })
  passwordTemporary: boolean;

  /** Code of the person's agency; null for an administrator of none. */
  @Column('text', { nullable: true })
  agency: string | null;

  @Column('text', { array: true })
  scopes: Scope[];

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
