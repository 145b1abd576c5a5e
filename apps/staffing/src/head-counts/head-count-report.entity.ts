import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a unit reported once; only ever added. */
@Entity({ name: 'head_count_report' })
export class HeadCountReport {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'unit_id', type: 'uuid' })
  unitId: string;

  /** Persons, 0–1000. */
  @Column({ name: 'it_staff', type: 'integer' })
  itStaff: number;

  /** Day as of which the figure is true, yyyy-MM-dd. */
  @Column({ name: 'as_of', type: 'date' })
  asOf: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ name: 'reported_by', type: 'text' })
  reportedBy: string;

  @Column({ name: 'reported_by_agency', type: 'text', nullable: true })
  reportedByAgency: string | null;

  @Column({ name: 'reported_at', type: 'timestamptz' })
  reportedAt: Date;
}

/** A report's columns; an object of any making. */
export type ReportRow = Pick<HeadCountReport, keyof HeadCountReport>;
