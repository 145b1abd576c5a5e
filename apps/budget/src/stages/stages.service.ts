import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, WorkingCalendar } from '#libs/calendar';
import {
  BUDGET_ITEM_STAGE_CHANGED,
  type BudgetItemState,
  type BudgetStage,
  type StagePhase,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayWriteItem } from '../access/budget-access.js';
import { ItemStore } from '../items/item.store.js';
import { budgetProblem } from '../problems.js';
import { limitOf, moveBetween, phaseOf } from './stage-machine.js';
import { lastDayOf, type StageTimeliness, timelinessOf } from './stage-times.js';

/** What somebody says about a move to another stage. */
export interface StageStep {
  stage: BudgetStage;
  /** Undefined: today. */
  on?: string;
  document: string | null;
  documentDate: string | null;
  reason: string | null;
  passedOver: readonly { stage: BudgetStage; reason: string }[];
}

/** A stage that an item was in, or passed over. */
export interface StageRecord {
  stage: BudgetStage;
  phase: StagePhase;
  enteredOn: string;
  leftOn: string | null;
  passedOver: boolean;
  reason: string | null;
  document: string | null;
  documentDate: string | null;
  limitWorkingDays: number | null;
  lastDay: string | null;
  timeliness: StageTimeliness;
}

type StoredStage = Pick<
  StageRecord,
  'stage' | 'enteredOn' | 'passedOver' | 'reason' | 'document' | 'documentDate'
>;

const STAGES = `SELECT stage, entered_on::text AS "enteredOn", passed_over AS "passedOver", reason, document,
    document_date::text AS "documentDate" FROM item_stage WHERE item_id = $1 ORDER BY position`;

/** The way of an item through the stages of the law; see stage-machine.ts for what is possible. */
@Injectable()
export class StagesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemStore,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws problem `not-found`, `other-agency`, `stale-version`, `status-not-allowed` (a cancelled or completed item),
   *   `stage-not-allowed`, `stages-passed-over`, `validation-failed` (a day before the present stage or after today, no
   *   reason on the way back)
   */
  move(actor: Actor, id: string, step: StageStep, ifMatch: number | undefined): Promise<BudgetItemState> {
    const change = {
      type: BUDGET_ITEM_STAGE_CHANGED,
      ifMatch,
      note: step.reason,
      document: step.document,
      allowed: (owner: string | null) => mayWriteItem(actor, owner),
    };
    return this.items.change(actor, id, change, async (item, manager) => {
      if (item.status === 'cancelled' || item.status === 'completed') {
        throw budgetProblem('status-not-allowed', { status: item.status });
      }
      assertPossible(item, step);
      const on = step.on ?? this.clock.today();
      this.assertDay(item, on);
      for (const { stage, reason } of step.passedOver) {
        const passed = { stage, reason, enteredOn: on, passedOver: true, document: null, documentDate: null };
        await this.insert(manager, id, passed, actor);
      }
      await this.insert(manager, id, { ...step, enteredOn: on, passedOver: false }, actor);
    });
  }

  /** Every stage the item was in, oldest first. @throws problem `not-found` */
  async list(actor: Actor, id: string): Promise<StageRecord[]> {
    const item = await this.items.read(actor, id);
    const stored = await this.transactions.manager.query<StoredStage[]>(STAGES, [id]);
    const today = this.clock.today();
    return stored.map((record, index) => {
      const leftOn = stored.slice(index + 1).find((next) => !next.passedOver)?.enteredOn ?? null;
      const lastDay = record.passedOver
        ? null
        : lastDayOf(item, record.stage, record.enteredOn, this.calendar);
      return {
        ...record,
        phase: phaseOf(item.kind, record.stage),
        leftOn,
        limitWorkingDays: limitOf(item.kind, record.stage, item.legalRegime, item.projectGroup),
        lastDay,
        timeliness: timelinessOf(lastDay, leftOn, today),
      };
    });
  }

  /** What happened cannot have happened before what came before it, nor tomorrow. */
  private assertDay(item: BudgetItemState, on: string): void {
    const today = this.clock.today();
    if (on > today) throw fieldProblem({ field: 'on', code: 'too-large', parameters: { max: today } });
    const since = item.stage?.since;
    if (since !== undefined && on < since) {
      throw fieldProblem({ field: 'on', code: 'too-small', parameters: { min: since } });
    }
  }

  private async insert(
    manager: EntityManager,
    itemId: string,
    { stage, enteredOn, passedOver, reason, document, documentDate }: StoredStage,
    actor: Actor,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO item_stage (item_id, position, stage, entered_on, passed_over, reason, document, document_date,
         author, author_agency, recorded_at)
       SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM item_stage WHERE item_id = $1`,
      [
        itemId,
        stage,
        enteredOn,
        passedOver,
        reason,
        document,
        documentDate,
        actor.subject,
        actor.agency,
        this.clock.now(),
      ],
    );
  }
}

function assertPossible(item: BudgetItemState, step: StageStep): void {
  const from = item.stage?.stage ?? null;
  const move = moveBetween(item.kind, from, step.stage);
  if (move.way === 'none') {
    const allowed = move.allowed.join(', ') || '—';
    throw budgetProblem('stage-not-allowed', { from: from ?? '—', to: step.stage, allowed });
  }
  if (move.way === 'back' && step.reason === null) throw fieldProblem({ field: 'reason', code: 'required' });
  const passedOver = move.way === 'forward' ? move.passedOver : [];
  const named = step.passedOver.map(({ stage }) => stage);
  if (passedOver.length !== named.length || passedOver.some((stage) => !named.includes(stage))) {
    throw budgetProblem('stages-passed-over', { stages: passedOver.join(', ') || '—' });
  }
}
