import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, type ReportDutyState } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../../access/tasks-access.js';
import { seesDuty } from '../report-access.js';
import type { ListDutiesQuery } from './duty.requests.js';
import { Duty, DutyChange } from './duty.entity.js';
import { type DutyDetail, toDutyHistoryLine, toDutyState } from './duty-state.js';

@Injectable()
export class DutiesQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
  ) {}

  /** In the order in which they were registered. */
  async list(actor: Actor, query: ListDutiesQuery): Promise<Page<ReportDutyState>> {
    const { limit, cursor, ...filters } = query;
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const select = this.transactions.manager.createQueryBuilder(Duty, 'duty');
    const visible = visibleAgencies(actor, this.reference);
    if (visible !== null) {
      select.andWhere(
        `(duty.owner_code = :agency OR duty.recipients @> :asRecipient::jsonb
          OR EXISTS (SELECT 1 FROM jsonb_array_elements(duty.agencies) named WHERE named->>'code' IN (:...visible)))`,
        { agency: actor.agency, asRecipient: JSON.stringify([{ code: actor.agency }]), visible },
      );
    }
    if (filters.state !== undefined) select.andWhere('duty.state = :state', filters);
    if (filters.directive !== undefined) select.andWhere('duty.directive_id = :directive', filters);
    if (filters.agency !== undefined) {
      const codes = [filters.agency, ...this.reference.groupsOf(filters.agency).map(({ code }) => code)];
      select.andWhere(
        `EXISTS (SELECT 1 FROM jsonb_array_elements(duty.agencies) asked WHERE asked->>'code' IN (:...codes))`,
        { codes },
      );
    }
    if (filters.q !== undefined) select.andWhere('duty.search_text LIKE :q', { q: likeFolded(filters.q) });
    if (after !== undefined) select.andWhere('duty.id > :after', { after });
    const duties = await select
      .orderBy('duty.id')
      .limit(limit + 1)
      .getMany();
    return toPage(duties.map(toDutyState), limit, ({ id }) => [id], filters);
  }

  /** @throws problem `not-found`, also for a duty that does not concern the caller */
  async read(actor: Actor, id: string): Promise<DutyDetail> {
    const duty = await this.find(actor, id);
    const changes = await this.transactions.manager.find(DutyChange, {
      where: { dutyId: id },
      order: { version: 'ASC' },
    });
    // A change made between the two statements belongs to the next version.
    const lines = changes.filter(({ version }) => version <= duty.version);
    return { ...toDutyState(duty), history: lines.map(toDutyHistoryLine) };
  }

  /** @throws problem `not-found`, also for a duty that does not concern the caller */
  async find(actor: Actor, id: string): Promise<Duty> {
    const duty = await this.transactions.manager.findOneBy(Duty, { id });
    if (!duty || !seesDuty(actor, duty, this.reference)) throw problem('not-found');
    return duty;
  }
}
