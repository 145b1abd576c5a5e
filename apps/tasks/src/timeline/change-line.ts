import { Column, PrimaryColumn } from 'typeorm';

/** What all lines of history have in common: when and by whom; lines are only ever added. */
export abstract class ChangeLine {
  /** Version of what was changed, after the change. */
  @PrimaryColumn({ type: 'integer' })
  version: number;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** Person or system; kept for the audit, not answered by the API. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ name: 'agency_code', type: 'text', nullable: true })
  agencyCode: string | null;
}
