import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Channel } from '../contacts/contact.entity.js';

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One notice on its way to one contact; what the tries came to is kept. */
@Entity({ name: 'delivery' })
export class Delivery {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'notice_id', type: 'uuid' })
  noticeId: string;

  @Column({ name: 'contact_id', type: 'uuid' })
  contactId: string;

  @Column({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @Column({ type: 'text' })
  channel: Channel;

  /** Address of the contact when the notice was given. */
  @Column({ type: 'text' })
  address: string;

  /** failed: given up. */
  @Column({ type: 'text' })
  state: DeliveryState;

  /** Tries begun, those that a crash cut off included. */
  @Column({ type: 'integer' })
  attempts: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz' })
  nextAttemptAt: Date;

  /** Until then it belongs to the process that is sending it. */
  @Column({ name: 'leased_until', type: 'timestamptz', nullable: true })
  leasedUntil: Date | null;

  @Column({ name: 'last_error', type: 'text', nullable: true })
  lastError: string | null;

  @Column({ name: 'delivered_at', type: 'timestamptz', nullable: true })
  deliveredAt: Date | null;
}
