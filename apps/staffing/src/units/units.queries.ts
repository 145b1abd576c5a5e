import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/auth';
import { problem, type StaffingUnitState } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { narrowedTo } from '../access/staffing-access.js';
import { StaffingUnit } from './unit.entity.js';
import type { ListUnitsQuery } from './unit.requests.js';
import { toState } from './unit-state.js';

@Injectable()
export class UnitsQueries {
  constructor(private readonly transactions: TransactionScope) {}

  /** What the actor may see, by statistical code. */
  async list(actor: Actor, query: ListUnitsQuery): Promise<Page<StaffingUnitState>> {
    const { kind, answered, q } = query;
    const filters = { kind, answered, q };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['text']) ?? [];
    const visible = narrowedTo(actor);
    const select = this.selectUnits();
    if (visible !== null) select.andWhere('unit.code = :visible', { visible });
    if (kind !== undefined) select.andWhere('unit.kind = :kind', { kind });
    if (answered !== undefined) select.andWhere(`unit.reportCount ${answered ? '>' : '='} 0`);
    if (q !== undefined) select.andWhere('unit.searchText LIKE :q', { q: likeFolded(q) });
    if (after !== undefined) select.andWhere('unit.code > :after', { after });
    const units = await select
      .orderBy('unit.code')
      .limit(query.limit + 1)
      .getMany();
    return toPage(units.map(stateOf), query.limit, (unit) => [unit.code], filters);
  }

  /** @throws problem `not-found`, `other-agency` */
  async read(actor: Actor, code: string): Promise<StaffingUnitState> {
    const unit = await this.selectUnits().where('unit.code = :code', { code }).getOne();
    if (!unit) throw problem('not-found');
    const visible = narrowedTo(actor);
    if (visible !== null && visible !== code) throw problem('other-agency');
    return stateOf(unit);
  }

  /** A unit and its report in one statement, so that a version is never answered with another version's figure. */
  private selectUnits(): SelectQueryBuilder<StaffingUnit> {
    return this.transactions.manager
      .createQueryBuilder(StaffingUnit, 'unit')
      .leftJoinAndSelect('unit.currentReport', 'report');
  }
}

function stateOf(unit: StaffingUnit): StaffingUnitState {
  return toState(unit, unit.currentReport ?? null);
}
