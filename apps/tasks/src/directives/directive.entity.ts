import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DirectiveKind } from '#libs/contracts';

/** A document by which an agency assigns work (văn bản chỉ đạo). */
@Entity({ name: 'directive' })
export class Directive {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text', nullable: true })
  number: string | null;

  @Column({ type: 'text', nullable: true })
  symbol: string | null;

  @Column({ type: 'text' })
  kind: DirectiveKind;

  @Column({ name: 'issuer_code', type: 'text' })
  issuerCode: string;

  @Column({ name: 'issuer_name', type: 'text' })
  issuerName: string;

  @Column({ name: 'issued_on', type: 'date', nullable: true })
  issuedOn: string | null;

  @Column({ name: 'meeting_on', type: 'date', nullable: true })
  meetingOn: string | null;

  @Column({ type: 'text' })
  subject: string;

  /** Its tasks are due soon from the day on which at most this many working days are left. */
  @Column({ name: 'due_soon_working_days', type: 'smallint' })
  dueSoonWorkingDays: number;

  /** Number, symbol, subject and issuer without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

export type DirectiveRow = Pick<Directive, keyof Directive>;
