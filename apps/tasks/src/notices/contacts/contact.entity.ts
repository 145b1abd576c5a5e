import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RecipientRole } from '../notice.entity.js';

export const CHANNELS = ['email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Where an agency's notices are carried to, besides its inbox here. */
@Entity({ name: 'contact' })
export class Contact {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @Column({ type: 'text' })
  channel: Channel;

  /** Whom of the agency it reaches. */
  @Column({ type: 'text' })
  role: RecipientRole;

  /** E-mail address, or http(s) address of a webhook. */
  @Column({ type: 'text' })
  address: string;

  /** Key of a webhook's signatures, sealed; never answered. */
  @Column({ name: 'sealed_secret', type: 'text', nullable: true })
  sealedSecret: string | null;

  /** False: withdrawn, kept for the deliveries that name it. */
  @Column({ type: 'boolean' })
  active: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
