import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import {
  changedFields,
  STAFFING_UNIT,
  STAFFING_UNIT_CHANGED,
  STAFFING_UNIT_REGISTERED,
  type StaffingUnitState,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import type { Commune } from '#libs/reference';
import { HeadCountReport } from '../head-counts/head-count-report.entity.js';
import { StaffingUnit, type UnitRow } from './unit.entity.js';
import { nameColumns, toState } from './unit-state.js';

export interface TakenOver {
  registered: number;
  changed: number;
}

/** The commune units of this service. */
@Injectable()
export class UnitsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes over a reference list: units it has and we don't are registered, those it names differently are changed.
   * A unit that is no longer in the list stays, with its reports.
   */
  takeOver(communes: readonly Commune[]): Promise<TakenOver> {
    return this.transactions.run(async (manager) => {
      // Replicas that start together take turns; readers go on.
      await manager.query('LOCK TABLE staffing_unit IN SHARE ROW EXCLUSIVE MODE');
      const units: UnitRow[] = await manager.find(StaffingUnit);
      const known = new Map(units.map((unit) => [unit.code, unit]));
      const taken: TakenOver = { registered: 0, changed: 0 };
      for (const commune of communes) {
        const unit = known.get(commune.code);
        if (!unit) {
          await this.register(manager, commune);
          taken.registered += 1;
        } else if (await this.rename(manager, unit, commune)) {
          taken.changed += 1;
        }
      }
      return taken;
    });
  }

  /** Publishes a unit's state; inside the transaction of the change. */
  publish(type: string, state: StaffingUnitState, changed: string[]): void {
    this.outbox.append({
      aggregate: STAFFING_UNIT,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
  }

  private async register(manager: EntityManager, commune: Commune): Promise<void> {
    const now = this.clock.now();
    const unit: UnitRow = {
      ...nameColumns(commune),
      id: uuidv7(),
      version: 1,
      code: commune.code,
      currentReportId: null,
      reportCount: 0,
      createdAt: now,
      updatedAt: now,
    };
    await manager.insert(StaffingUnit, unit);
    this.publish(STAFFING_UNIT_REGISTERED, toState(unit, null), []);
  }

  private async rename(manager: EntityManager, unit: UnitRow, commune: Commune): Promise<boolean> {
    const current =
      unit.currentReportId === null
        ? null
        : await manager.findOneBy(HeadCountReport, { id: unit.currentReportId });
    const before = toState(unit, current);
    const next = {
      ...unit,
      ...nameColumns(commune),
      version: unit.version + 1,
      updatedAt: this.clock.now(),
    };
    const after = toState(next, current);
    const changed = changedFields(before, after);
    if (changed.length === 0) return false;
    await manager.update(StaffingUnit, { id: unit.id }, next);
    this.publish(STAFFING_UNIT_CHANGED, after, changed);
    return true;
  }
}
