import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import type { CommuneUnitKind } from '#libs/contracts';
import { HeadCountReport } from '../head-counts/head-count-report.entity.js';

/** A commune unit; its names come from the reference list. */
@Entity({ name: 'staffing_unit' })
export class StaffingUnit {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  /** Statistical code, which is also the unit's agency code. */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  kind: CommuneUnitKind;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'full_name', type: 'text' })
  fullName: string;

  @Column({ name: 'current_report_id', type: 'uuid', nullable: true })
  currentReportId: string | null;

  @Column({ name: 'report_count', type: 'integer' })
  reportCount: number;

  /** Code and full name without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;

  /** The report that counts; only where a query joins it. */
  @OneToOne(() => HeadCountReport)
  @JoinColumn({ name: 'current_report_id' })
  currentReport?: HeadCountReport | null;
}

/** A unit's columns; an object of any making, where {@link StaffingUnit} is TypeORM's description of the table. */
export type UnitRow = Omit<StaffingUnit, 'currentReport'>;
