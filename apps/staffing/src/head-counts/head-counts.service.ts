import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  changedFields,
  type HeadCount,
  problem,
  STAFFING_UNIT_HEAD_COUNT_REPORTED,
  type StaffingUnitState,
} from '#libs/contracts';
import { assertVersion, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayReport } from '../access/staffing-access.js';
import { StaffingUnit, type UnitRow } from '../units/unit.entity.js';
import { toState } from '../units/unit-state.js';
import { UnitsQueries } from '../units/units.queries.js';
import { UnitsService } from '../units/units.service.js';
import { checkAsOf, counts } from './head-count-rules.js';
import { HeadCountReport, type ReportRow } from './head-count-report.entity.js';
import type { ListHeadCountsQuery } from './head-count.requests.js';

/** What a unit states. */
export interface HeadCountStatement {
  /** Persons, 0–1000. */
  itStaff: number;
  /** yyyy-MM-dd */
  asOf: string;
  note: string | null;
}

/** A report as it is answered. */
export interface HeadCountReportState extends HeadCount {
  id: string;
  /** null: a token without an agency. */
  reportedByAgency: string | null;
}

/** Reports of head counts; all of them are kept. */
@Injectable()
export class HeadCountsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly units: UnitsService,
    private readonly queries: UnitsQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` */
  report(
    actor: Actor,
    code: string,
    statement: HeadCountStatement,
    ifMatch: number | undefined,
  ): Promise<StaffingUnitState> {
    return this.transactions.run(async (manager) => {
      const unit: UnitRow | null = await manager.findOne(StaffingUnit, {
        where: { code },
        lock: { mode: 'pessimistic_write' },
      });
      if (!unit) throw problem('not-found');
      if (!mayReport(actor, code)) throw problem('other-agency');
      assertVersion(unit.version, ifMatch);
      checkAsOf(statement.asOf, this.clock.today());

      const { currentReportId } = unit;
      const current =
        currentReportId === null ? null : await manager.findOneBy(HeadCountReport, { id: currentReportId });
      const report: ReportRow = {
        ...statement,
        id: uuidv7(),
        unitId: unit.id,
        reportedBy: actor.subject,
        reportedByAgency: actor.agency,
        reportedAt: this.clock.now(),
      };
      const counting: ReportRow | null = counts(report, current) ? report : current;
      const next: UnitRow = {
        ...unit,
        version: unit.version + 1,
        currentReportId: counting?.id ?? null,
        reportCount: unit.reportCount + 1,
        updatedAt: report.reportedAt,
      };
      await manager.insert(HeadCountReport, report);
      await manager.update(StaffingUnit, { id: unit.id }, next);
      const state = toState(next, counting);
      this.units.publish(
        STAFFING_UNIT_HEAD_COUNT_REPORTED,
        state,
        changedFields(toState(unit, current), state),
      );
      return state;
    });
  }

  /**
   * Reports of a unit, the newest first.
   *
   * @throws problem `not-found`, `other-agency`
   */
  async list(actor: Actor, code: string, query: ListHeadCountsQuery): Promise<Page<HeadCountReportState>> {
    const unit = await this.queries.read(actor, code);
    const [before] = decodeCursor<[string]>(query.cursor, { code }, ['uuid']) ?? [];
    const select = this.transactions.manager
      .createQueryBuilder(HeadCountReport, 'report')
      .where('report.unitId = :unitId', { unitId: unit.id });
    if (before !== undefined) select.andWhere('report.id < :before', { before });
    const reports = await select
      .orderBy('report.id', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const page = toPage(reports, query.limit, (report) => [report.id], { code });
    return { ...page, items: page.items.map(toReportState) };
  }
}

function toReportState(report: HeadCountReport): HeadCountReportState {
  const { id, itStaff, asOf, note, reportedByAgency } = report;
  return { id, itStaff, asOf, note, reportedAt: report.reportedAt.toISOString(), reportedByAgency };
}
