import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, SUPPORT_PLAN_PROPOSED, type SupportPlanEventState } from '#libs/contracts';
import { Agencies, foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayPropose } from '../access/staffing-access.js';
import { requireBetween } from '../plans/days.js';
import { writtenDocument } from '../plans/document.body.js';
import { SupportPlanStore } from './support-plan.store.js';
import { checkSupport, type SupportContent, unitField } from './support-rules.js';
import { SUPPORT_STEPS } from './support-steps.js';
import type { ApproveSupportBody, EndSupportBody, ProposeSupportPlanBody } from './support.requests.js';

type Plan = SupportPlanEventState;

const INSERT = `
  INSERT INTO support_plan
    (title, skill, mode, from_day, to_day, need, cost, cost_source, search_text, id, version, unit_code, unit_name,
     supporter_code, supporter_name, agency_code, agency_name, state, proposed_on)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12, $13, $14, $15, $16, 'proposed', $17)`;

const UPDATE = `
  UPDATE support_plan
     SET title = $1, skill = $2, mode = $3, from_day = $4, to_day = $5, need = $6, cost = $7, cost_source = $8,
         search_text = $9
   WHERE id = $10`;

/** Plans to support commune units: proposed by those concerned, approved, carried out by the supporter. */
@Injectable()
export class SupportPlansService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly plans: SupportPlanStore,
    private readonly agencies: Agencies,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `validation-failed` */
  propose(actor: Actor, body: ProposeSupportPlanBody): Promise<Plan> {
    if (!mayPropose(actor, body)) throw problem('other-agency');
    this.agencies.requirePresent(body.supporter, 'supporter');
    const supporter = this.agencies.requireOwner(body.supporter, 'supporter');
    const { title, skill, mode, from, to = null, need, cost = null, costSource = null } = body;
    const content = { title, skill, mode, from, to, need, cost, costSource };
    checkSupport(content);
    return this.transactions.run(async (manager) => {
      const known = await manager.query<unknown[]>('SELECT 1 FROM staffing_unit WHERE code = $1', [
        body.unit,
      ]);
      if (known.length === 0) throw unitField('unit');
      const unit = this.agencies.requireOwner(body.unit, 'unit');
      const payer = [unit, supporter].find(({ code }) => code === (body.agency ?? unit.code));
      if (!payer) throw unitField('agency');
      const id = uuidv7();
      const parties = [unit, supporter, payer].flatMap(({ code, name }) => [code, name]);
      const columns = columnsOf(content, unit.name, supporter.name);
      await manager.query(INSERT, [...columns, id, ...parties, this.clock.today()]);
      return this.plans.added(actor, id, { type: SUPPORT_PLAN_PROPOSED, note: need });
    });
  }

  /** @throws problem `validation-failed`, and those of every step */
  change(
    actor: Actor,
    id: string,
    changes: Partial<SupportContent>,
    ifMatch: number | undefined,
  ): Promise<Plan> {
    return this.plans.take(actor, id, SUPPORT_STEPS.change, { ifMatch }, async (before, manager) => {
      const content = { ...before, ...changes };
      checkSupport(content);
      await manager.query(UPDATE, [...columnsOf(content, before.unit.name, before.supporter.name), id]);
    });
  }

  /** @throws problem `validation-failed` for a document of the future, and those of every step */
  approve(
    actor: Actor,
    id: string,
    document: ApproveSupportBody,
    ifMatch: number | undefined,
  ): Promise<Plan> {
    requireBetween('date', document.date, null, this.clock.today());
    const ground = { ifMatch, document: writtenDocument(document) };
    return this.plans.take(actor, id, SUPPORT_STEPS.approve, ground, async (_before, manager) => {
      await manager.query(
        `UPDATE support_plan SET state = 'approved', approval_number = $2, approval_date = $3 WHERE id = $1`,
        [id, document.number, document.date],
      );
    });
  }

  /** @throws problem `validation-failed` for a day in the future, and those of every step */
  start(actor: Actor, id: string, startedOn: string | undefined, ifMatch: number | undefined): Promise<Plan> {
    const today = this.clock.today();
    requireBetween('startedOn', startedOn, null, today);
    return this.plans.take(actor, id, SUPPORT_STEPS.start, { ifMatch }, async (_before, manager) => {
      await manager.query(`UPDATE support_plan SET state = 'under-way', started_on = $2 WHERE id = $1`, [
        id,
        startedOn ?? today,
      ]);
    });
  }

  /** @throws problem `validation-failed` for a day in the future or before it began, and those of every step */
  end(
    actor: Actor,
    id: string,
    { result, endedOn }: EndSupportBody,
    ifMatch: number | undefined,
  ): Promise<Plan> {
    const today = this.clock.today();
    const ground = { ifMatch, note: result };
    return this.plans.take(actor, id, SUPPORT_STEPS.end, ground, async ({ startedOn }, manager) => {
      requireBetween('endedOn', endedOn, startedOn, today);
      await manager.query(
        `UPDATE support_plan SET state = 'ended', ended_on = $2, result = $3 WHERE id = $1`,
        [id, endedOn ?? today, result],
      );
    });
  }

  /** @throws those of every step */
  cancel(actor: Actor, id: string, ground: string, ifMatch: number | undefined): Promise<Plan> {
    const reason = { ifMatch, note: ground };
    return this.plans.take(actor, id, SUPPORT_STEPS.cancel, reason, async (_before, manager) => {
      await manager.query(`UPDATE support_plan SET state = 'cancelled', cancel_ground = $2 WHERE id = $1`, [
        id,
        ground,
      ]);
    });
  }
}

/** In the order in which the statements name them. */
function columnsOf(content: SupportContent, unit: string, supporter: string): unknown[] {
  const { title, skill, mode, from, to, need, cost, costSource } = content;
  const words = [title, skill, unit, supporter];
  return [title, skill, mode, from, to, need, cost, costSource, foldVietnamese(words.join(' '))];
}
