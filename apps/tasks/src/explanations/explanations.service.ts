import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock, WorkingCalendar } from '#libs/calendar';
import {
  changedFields,
  EXPLANATION_ANSWERED,
  EXPLANATION_REQUESTED,
  EXPLANATION_WITHDRAWN,
  type ExplanationDocument,
  type ExplanationEventState,
  problem,
  TASKS_EXPLANATION,
} from '#libs/contracts';
import { assertVersion, fieldProblem } from '#libs/http';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { TaskAgency } from '../assignments/task-agency.entity.js';
import { Task } from '../assignments/task.entity.js';
import { mayAnswerFor, mayAskForExplanation, readableExplanations } from './explanation-access.js';
import { ExplanationNotices } from './explanation-notices.js';
import { explanationProblem } from './explanation-problems.js';
import { ExplanationSettings } from './explanation-settings.js';
import { toExplanationState } from './explanation-state.js';
import {
  Explanation,
  ExplanationAgency,
  type ExplanationAgencyRow,
  ExplanationChange,
  type ExplanationRow,
} from './explanation.entity.js';

export interface ExplanationRequest {
  reason: string;
  /** Last day for the answer; undefined: the working days of the settings. */
  lastDay?: string;
}

export interface Answer {
  text: string;
  /** Document that it was given in. */
  document?: ExplanationDocument;
  /** Agency that answers; undefined: the actor's. */
  agency?: string;
}

/** A request that is locked for a change. */
interface Loaded {
  row: ExplanationRow;
  agencies: ExplanationAgencyRow[];
  state: ExplanationEventState;
}

/** Requests for explanation: every change is one transaction with its line of history, event and notices. */
@Injectable()
export class ExplanationsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly notices: ExplanationNotices,
    private readonly reference: ReferenceData,
    private readonly calendar: WorkingCalendar,
    private readonly settings: ExplanationSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks every lead agency of a task, whatever its state.
   * @throws problem `not-found`, `other-agency`, `validation-failed` for a day in the past
   */
  request(
    actor: Actor,
    taskId: string,
    { reason, lastDay }: ExplanationRequest,
  ): Promise<ExplanationEventState> {
    const today = this.clock.today();
    if (lastDay !== undefined && lastDay < today) {
      throw fieldProblem({ field: 'lastDay', code: 'too-small', parameters: { min: today } });
    }
    return this.transactions.run(async (manager) => {
      const task = await manager.findOneBy(Task, { id: taskId });
      const leads = await manager.findBy(TaskAgency, { taskId, role: 'lead' });
      const visible = readableExplanations(actor, this.reference);
      if (!task || (visible && !(await this.seesTask(taskId, visible)))) throw problem('not-found');
      if (!mayAskForExplanation(actor, this.reference)) throw problem('other-agency');
      const now = this.clock.now();
      const row: ExplanationRow = {
        id: uuidv7(),
        version: 1,
        taskId,
        taskTitle: task.title,
        requesterCode: actor.agency,
        reason,
        requestedOn: today,
        lastDay: lastDay ?? this.calendar.addWorkingDays(today, this.settings.workingDays),
        state: 'open',
        createdAt: now,
        updatedAt: now,
      };
      const agencies = leads.map(({ agencyCode, agencyName, position }) => ({
        explanationId: row.id,
        agencyCode,
        agencyName,
        position,
        answeredOn: null,
        answer: null,
        document: null,
      }));
      const state = toExplanationState(row, agencies);
      this.transactions.insert(Explanation, row);
      this.transactions.insert(ExplanationAgency, agencies);
      this.record(row, 'request', actor, reason);
      this.publish(EXPLANATION_REQUESTED, state, []);
      await this.notices.requested(state);
      return state;
    });
  }

  /**
   * An agency answers, once; when all have, the request is answered.
   * @throws problem `not-found`, `other-agency`, `stale-version`, `explanation-closed`, `explanation-answered`
   */
  answer(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    { text, document: stated, agency }: Answer,
  ): Promise<ExplanationEventState> {
    return this.transactions.run(async (manager) => {
      const { row, agencies, state } = await this.load(manager, actor, id);
      const code = agency ?? actor.agency ?? '';
      const asked = agencies.find(({ agencyCode }) => agencyCode === code);
      if (!asked || !mayAnswerFor(actor, code, this.reference)) throw problem('other-agency');
      assertVersion(row.version, ifMatch);
      if (row.state !== 'open') throw explanationProblem('explanation-closed', { state: row.state });
      if (asked.answeredOn !== null) throw explanationProblem('explanation-answered', { agency: code });

      const document: ExplanationDocument | null = stated ? { ...stated } : null;
      const answered = { ...asked, answeredOn: this.clock.today(), answer: text, document };
      const others = agencies.filter((other) => other !== asked);
      const done = others.every(({ answeredOn }) => answeredOn !== null);
      const key = { explanationId: id, agencyCode: code };
      await manager.update(ExplanationAgency, key, answered);
      const next = { ...row, state: done ? ('answered' as const) : row.state };
      const after = await this.change(manager, next, [...others, answered], state, EXPLANATION_ANSWERED);
      this.record(
        { ...next, version: after.version },
        'answer',
        { subject: actor.subject, agency: code },
        text,
      );
      await this.notices.answered(after, code);
      return after;
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `explanation-closed` */
  withdraw(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    reason: string,
  ): Promise<ExplanationEventState> {
    return this.transactions.run(async (manager) => {
      const { row, agencies, state } = await this.load(manager, actor, id);
      if (!mayAskForExplanation(actor, this.reference)) throw problem('other-agency');
      assertVersion(row.version, ifMatch);
      if (row.state !== 'open') throw explanationProblem('explanation-closed', { state: row.state });
      const next = { ...row, state: 'withdrawn' as const };
      const after = await this.change(manager, next, agencies, state, EXPLANATION_WITHDRAWN);
      this.record({ ...next, version: after.version }, 'withdrawal', actor, reason);
      await this.notices.withdrawn(after, reason);
      return after;
    });
  }

  /** Locks the request. One of others does not exist for the caller. */
  private async load(manager: EntityManager, actor: Actor, id: string): Promise<Loaded> {
    const lock = { mode: 'pessimistic_write' } as const;
    const row = await manager.findOne(Explanation, { where: { id }, lock });
    if (!row) throw problem('not-found');
    const agencies = await manager.findBy(ExplanationAgency, { explanationId: id });
    const readable = readableExplanations(actor, this.reference);
    if (readable && !agencies.some(({ agencyCode }) => readable.includes(agencyCode)))
      throw problem('not-found');
    return { row, agencies, state: toExplanationState(row, agencies) };
  }

  private async change(
    manager: EntityManager,
    row: ExplanationRow,
    agencies: readonly ExplanationAgencyRow[],
    before: ExplanationEventState,
    event: string,
  ): Promise<ExplanationEventState> {
    const next = { ...row, version: row.version + 1, updatedAt: this.clock.now() };
    const { version, state, updatedAt } = next;
    await manager.update(Explanation, { id: row.id }, { version, state, updatedAt });
    const after = toExplanationState(next, agencies);
    this.publish(event, after, changedFields(before, after));
    return after;
  }

  private seesTask(taskId: string, visible: readonly string[]): Promise<boolean> {
    return this.transactions.manager
      .createQueryBuilder(TaskAgency, 'agency')
      .where('agency.taskId = :taskId AND agency.agencyCode IN (:...visible)', { taskId, visible })
      .getExists();
  }

  private record(
    { id, version }: Pick<ExplanationRow, 'id' | 'version'>,
    action: ExplanationChange['action'],
    { subject, agency }: Pick<Actor, 'subject' | 'agency'>,
    note: string,
  ): void {
    this.transactions.insert(ExplanationChange, {
      explanationId: id,
      version,
      action,
      at: this.clock.now(),
      subject,
      agencyCode: agency,
      note,
    });
  }

  private publish(type: string, state: ExplanationEventState, changed: string[]): void {
    this.outbox.append({
      aggregate: TASKS_EXPLANATION,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
  }
}
