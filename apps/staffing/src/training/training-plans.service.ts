import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  type SourceReference,
  TRAINING_PLAN_REGISTERED,
  type TrainingPlanEventState,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayKeepTraining } from '../access/staffing-access.js';
import { requireBetween } from '../plans/days.js';
import { writtenDocument } from '../plans/document.body.js';
import { TrainingParts } from './training-parts.js';
import { TrainingPlanStore } from './training-plan.store.js';
import { TRAINING_STEPS } from './training-steps.js';
import type {
  ChangeTrainingPlanBody,
  FinishTrainingBody,
  RegisterTrainingPlanBody,
} from './training.requests.js';

type Plan = TrainingPlanEventState;

/** What the columns of a plan are set to, beside its units and sessions. */
type Columns = Pick<Plan, 'title' | 'audience' | 'skills' | 'dueOn' | 'document' | 'owner'>;

const INSERT = `
  INSERT INTO training_plan
    (title, audience, skills, due_on, document_number, document_date, search_text, id, version, owner_code, owner_name,
     source, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, 'planned')`;

const UPDATE = `
  UPDATE training_plan
     SET title = $1, audience = $2, skills = $3, due_on = $4, document_number = $5, document_date = $6, search_text = $7
   WHERE id = $8`;

/** Training plans: entered and carried out by their owner. */
@Injectable()
export class TrainingPlansService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly plans: TrainingPlanStore,
    private readonly parts: TrainingParts,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `validation-failed` */
  register(actor: Actor, body: RegisterTrainingPlanBody): Promise<Plan> {
    if (!mayKeepTraining(actor, body.owner)) throw problem('other-agency');
    return this.enter(actor, body, body.source ?? null);
  }

  /** Enters a plan for whoever is named as the author. @throws problem `validation-failed` */
  enter(author: Author, body: RegisterTrainingPlanBody, source: SourceReference | null): Promise<Plan> {
    const owner = this.parts.requireAgency(body.owner, 'owner');
    const { title, audience = null, skills = [], dueOn = null, document = null } = body;
    return this.transactions.run(async (manager) => {
      const id = uuidv7();
      const columns = columnsOf({ title, audience, skills, dueOn, document, owner });
      await manager.query(INSERT, [...columns, id, owner.code, owner.name, source]);
      const empty = { id, units: [], sessions: [] };
      await this.parts.replaceUnits(empty, body.units ?? []);
      await this.parts.replaceSessions(empty, body.sessions ?? []);
      return this.plans.added(author, id, {
        type: TRAINING_PLAN_REGISTERED,
        document: document && writtenDocument(document),
      });
    });
  }

  /** @throws problem `validation-failed`, `unit-has-attended`, `session-held`, and those of every step */
  change(actor: Actor, id: string, body: ChangeTrainingPlanBody, ifMatch: number | undefined): Promise<Plan> {
    const { units, sessions, ...columns } = body;
    return this.plans.take(actor, id, TRAINING_STEPS.change, { ifMatch }, async (before, manager) => {
      await manager.query(UPDATE, [...columnsOf({ ...before, ...columns }), id]);
      if (units) await this.parts.replaceUnits(before, units);
      if (sessions) await this.parts.replaceSessions(before, sessions);
    });
  }

  /** @throws problem `validation-failed` for a day in the future, and those of every step */
  start(actor: Actor, id: string, startedOn: string | undefined, ifMatch: number | undefined): Promise<Plan> {
    const today = this.clock.today();
    requireBetween('startedOn', startedOn, null, today);
    return this.plans.take(actor, id, TRAINING_STEPS.start, { ifMatch }, async (_before, manager) => {
      await manager.query(`UPDATE training_plan SET state = 'under-way', started_on = $2 WHERE id = $1`, [
        id,
        startedOn ?? today,
      ]);
    });
  }

  /** @throws problem `validation-failed` for a report of the future or of before the plan began, and those of every step */
  finish(actor: Actor, id: string, report: FinishTrainingBody, ifMatch: number | undefined): Promise<Plan> {
    const ground = { ifMatch, document: writtenDocument(report) };
    return this.plans.take(actor, id, TRAINING_STEPS.finish, ground, async ({ startedOn }, manager) => {
      requireBetween('date', report.date, startedOn, this.clock.today());
      await manager.query(
        `UPDATE training_plan SET state = 'finished', finished_on = $3, report_number = $2, report_date = $3
          WHERE id = $1`,
        [id, report.number, report.date],
      );
    });
  }

  /** @throws those of every step */
  cancel(actor: Actor, id: string, ground: string, ifMatch: number | undefined): Promise<Plan> {
    const reason = { ifMatch, note: ground };
    return this.plans.take(actor, id, TRAINING_STEPS.cancel, reason, async (_before, manager) => {
      await manager.query(`UPDATE training_plan SET state = 'cancelled', cancel_ground = $2 WHERE id = $1`, [
        id,
        ground,
      ]);
    });
  }
}

/** In the order in which the statements name them. */
function columnsOf({ title, audience, skills, dueOn, document, owner }: Columns): unknown[] {
  const words = [title, audience ?? '', ...skills, owner.name];
  return [
    title,
    audience,
    skills,
    dueOn,
    document?.number ?? null,
    document?.date ?? null,
    foldVietnamese(words.join(' ')),
  ];
}
