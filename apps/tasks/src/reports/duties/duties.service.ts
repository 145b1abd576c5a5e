import { Injectable } from '@nestjs/common';
import type { EntityManager, QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  type AgencyRef,
  changedFields,
  problem,
  REPORT_DUTY_CHANGED,
  REPORT_DUTY_ENDED,
  REPORT_DUTY_REGISTERED,
  REPORT_PERIOD_WITHDRAWN,
  type ReportDutyState,
  TASKS_REPORT_DUTY,
} from '#libs/contracts';
import { assertVersion, fieldProblem } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { mayAssign } from '../../access/tasks-access.js';
import { Directive } from '../../directives/directive.entity.js';
import { PeriodEvents } from '../periods/period-events.js';
import { PeriodOpening } from '../periods/period-opening.js';
import { Period } from '../periods/period.entity.js';
import { seesDuty } from '../report-access.js';
import { reportProblem } from '../report-problems.js';
import { checkDuty, checkStart } from './duty-checks.js';
import { Duty, DutyChange, type DutyRow } from './duty.entity.js';
import { type DutyChanges, type DutyContent, dutySearchText, toDutyState } from './duty-state.js';

type Author = Pick<Actor, 'subject' | 'agency'>;

/** The history's author where the service itself acts. */
const SERVICE: Author = { subject: 'reporting-periods', agency: null };

/** Duties to report: every change is one transaction with its line of history, its event and what it does to periods. */
@Injectable()
export class DutiesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly opening: PeriodOpening,
    private readonly periodEvents: PeriodEvents,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `validation-failed`, `other-agency` for a directive of somebody else */
  create(actor: Actor, content: DutyContent): Promise<ReportDutyState> {
    return this.transactions.run(async (manager) => {
      const directive = await this.directiveOf(manager, content.directiveId);
      const owner = directive ? directive.issuerCode : actor.agency;
      if (!mayAssign(actor, owner)) throw problem('other-agency');
      const ownerName = owner === null ? null : (this.reference.agency(owner)?.name ?? owner);
      return this.register(content, ownerName === null ? null : { code: owner, name: ownerName }, actor);
    });
  }

  /**
   * Registers a duty without asking who does it, and opens the periods that have begun. Those that were over before
   * today are opened too, as not judged: nobody could have answered them here.
   *
   * @throws problem `validation-failed`
   */
  register(content: DutyContent, owner: AgencyRef | null, author: Author): Promise<ReportDutyState> {
    return this.transactions.run(async (manager) => {
      const today = this.clock.today();
      checkStart(content.startsOn, today);
      checkDuty(content, this.reference);
      const now = this.clock.now();
      const duty: DutyRow = {
        ...content,
        id: uuidv7(),
        version: 1,
        ownerCode: owner?.code ?? null,
        ownerName: owner?.name ?? null,
        state: 'active',
        countedFrom: today,
        searchText: dutySearchText(content),
        periods: 0,
        nextOpensOn: null,
        createdAt: now,
        updatedAt: now,
      };
      await manager.insert(Duty, duty);
      const state = toDutyState(duty);
      await this.record(manager, state, 'registration', author, {}, null);
      this.publish(REPORT_DUTY_REGISTERED, state, []);
      await this.opening.openDue(duty);
      return state;
    });
  }

  /**
   * Changes apply to periods that open later; those that are open stay as they are, unless they now lie after the end.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `duty-ended`, `validation-failed`
   */
  change(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    changes: DutyChanges,
  ): Promise<ReportDutyState> {
    return this.transactions.run(async (manager) => {
      const duty = await this.lock(manager, id);
      this.checkMayChange(actor, duty, ifMatch);
      const next: DutyRow = { ...duty, ...changes };
      const today = this.clock.today();
      checkDuty(next, this.reference);
      if (changes.endsOn !== undefined && next.endsOn !== null && next.endsOn < today)
        throw fieldProblem({ field: 'endsOn', code: 'too-small', parameters: { min: today } });
      next.searchText = dutySearchText(next);
      const state = await this.store(manager, duty, next, { action: 'change', note: null, author: actor });
      await this.withdrawAfter(manager, next);
      await this.opening.openDue(next);
      return state;
    });
  }

  /**
   * Ends a duty today: no further period opens, and periods that last longer are withdrawn.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `duty-ended`
   */
  end(actor: Actor, id: string, ifMatch: number | undefined, ground: string): Promise<ReportDutyState> {
    return this.transactions.run(async (manager) => {
      const duty = await this.lock(manager, id);
      this.checkMayChange(actor, duty, ifMatch);
      return this.finish(manager, duty, actor, ground);
    });
  }

  /** Ends a duty whose last period is over; another replica that is at it keeps it. */
  endFinished(id: string): Promise<void> {
    return this.transactions.run(async (manager) => {
      const lock = { mode: 'pessimistic_write', onLocked: 'skip_locked' } as const;
      const duty = await manager.findOne(Duty, { where: { id, state: 'active' }, lock });
      if (duty) await this.finish(manager, duty, SERVICE, 'Đã hết các kỳ báo cáo');
    });
  }

  private async finish(
    manager: EntityManager,
    duty: DutyRow,
    author: Author,
    note: string,
  ): Promise<ReportDutyState> {
    const today = this.clock.today();
    const latest = today < duty.startsOn ? duty.startsOn : today;
    const endsOn = duty.endsOn !== null && duty.endsOn < latest ? duty.endsOn : latest;
    const next: DutyRow = { ...duty, state: 'ended', endsOn, nextOpensOn: null };
    const state = await this.store(manager, duty, next, { action: 'end', note, author });
    await this.withdrawAfter(manager, next);
    return state;
  }

  private checkMayChange(actor: Actor, duty: DutyRow, ifMatch: number | undefined): void {
    if (!seesDuty(actor, duty, this.reference)) throw problem('not-found');
    if (!mayAssign(actor, duty.ownerCode)) throw problem('other-agency');
    assertVersion(duty.version, ifMatch);
    if (duty.state === 'ended') throw reportProblem('duty-ended');
  }

  private async lock(manager: EntityManager, id: string): Promise<DutyRow> {
    const duty = await manager.findOne(Duty, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!duty) throw problem('not-found');
    return duty;
  }

  /** Null for no directive. */
  private async directiveOf(manager: EntityManager, id: string | null): Promise<Directive | null> {
    if (id === null) return null;
    const directive = await manager.findOneBy(Directive, { id });
    if (directive) return directive;
    const texts = {
      vi: 'Chưa có văn bản này; ghi nhận văn bản trước.',
      en: 'There is no such directive; register it first.',
    };
    throw fieldProblem({ field: 'directiveId', code: 'unknown-directive', texts });
  }

  private async store(
    manager: EntityManager,
    before: DutyRow,
    next: DutyRow,
    { action, note, author }: { action: 'change' | 'end'; note: string | null; author: Author },
  ): Promise<ReportDutyState> {
    next.version = before.version + 1;
    next.updatedAt = this.clock.now();
    const state = toDutyState(next);
    const changed = changedFields(toDutyState(before), state);
    await manager.update(Duty, { id: next.id }, next);
    const values = Object.fromEntries(
      Object.entries(state).filter(([name]) => changed.includes(name)),
    ) as Record<string, unknown>;
    await this.record(manager, state, action, author, values, note);
    this.publish(action === 'end' ? REPORT_DUTY_ENDED : REPORT_DUTY_CHANGED, state, changed);
    return state;
  }

  /** Nobody owes what lies after the end: periods that are still running and last longer. */
  private async withdrawAfter(manager: EntityManager, { id, endsOn }: DutyRow): Promise<void> {
    if (endsOn === null) return;
    const now = this.clock.now();
    const periods = await manager
      .createQueryBuilder(Period, 'period')
      .where('period.duty_id = :id AND period.last_day > :endsOn', { id, endsOn })
      .andWhere('period.withdrawn_at IS NULL AND period.deadline > :now', { now })
      .orderBy('period.number')
      .setLock('pessimistic_write')
      .getMany();
    const columns = { withdrawnAt: now, nextStepAt: null };
    for (const period of periods)
      await this.periodEvents.record(REPORT_PERIOD_WITHDRAWN, period, ['withdrawnAt'], columns);
  }

  private async record(
    manager: EntityManager,
    { id, version }: ReportDutyState,
    action: DutyChange['action'],
    author: Author,
    changed: Record<string, unknown>,
    note: string | null,
  ): Promise<void> {
    const { subject, agency: agencyCode } = author;
    const at = this.clock.now();
    const line: DutyChange = { dutyId: id, version, action, at, subject, agencyCode, changed, note };
    await manager.insert(DutyChange, line as QueryDeepPartialEntity<DutyChange>);
  }

  private publish(type: string, state: ReportDutyState, changed: string[]): void {
    const identity = { aggregate: TASKS_REPORT_DUTY, aggregateId: state.id, sequence: state.version };
    this.outbox.append({ ...identity, type, state, changed });
  }
}
