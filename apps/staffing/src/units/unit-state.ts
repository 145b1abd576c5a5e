import type { StaffingUnitState } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { Commune } from '#libs/reference';
import type { ReportRow } from '../head-counts/head-count-report.entity.js';
import type { UnitRow } from './unit.entity.js';

/** @param current the report that `currentReportId` names */
export function toState(unit: UnitRow, current: ReportRow | null): StaffingUnitState {
  return {
    id: unit.id,
    version: unit.version,
    code: unit.code,
    kind: unit.kind,
    name: unit.name,
    fullName: unit.fullName,
    headCount: current && {
      itStaff: current.itStaff,
      asOf: current.asOf,
      note: current.note,
      reportedAt: current.reportedAt.toISOString(),
    },
    reportCount: unit.reportCount,
  };
}

type NameColumns = Pick<UnitRow, 'kind' | 'name' | 'fullName' | 'searchText'>;

/** Columns that the reference list determines. */
export function nameColumns(commune: Pick<Commune, 'code' | 'kind' | 'name' | 'fullName'>): NameColumns {
  const { code, kind, name, fullName } = commune;
  return { kind, name, fullName, searchText: foldVietnamese(`${code} ${fullName}`) };
}
