import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ITEM_PARTNERSHIP_CHANGED,
  type BudgetItemState,
  type PartnershipState,
} from '#libs/contracts';
import { fieldProblem, type Texts } from '#libs/http';
import { mayWriteItem } from '../access/budget-access.js';
import { ItemStore } from '../items/item.store.js';
import { budgetProblem } from '../problems.js';
import { costOf, isAbove, type WhatIf, whatIf } from './what-if.js';

/** Percent of the whole above which a State share is warned about; see PPP_STATE_SHARE_WARNING. */
export const STATE_SHARE_WARNING = Symbol('STATE_SHARE_WARNING');

export type PartnershipContent = Omit<PartnershipState, 'stateShare'>;

/** A partnership with what is to be looked at; computed when read. */
export interface PartnershipReview {
  itemId: string;
  partnership: PartnershipState;
  /** The State carries more than the threshold (percent); its share in hundredths of a percent. */
  stateShareWarning: { stateShare: number; threshold: number } | null;
}

const UPSERT = `
  INSERT INTO partnership (item_id, form, status, partner_name, partner_tax_code, enterprise_cash, enterprise_in_kind,
    enterprise_technology, state_cash, state_in_kind, state_technology, assets_ownership, data_ownership,
    data_access_rights, term_from, term_to, risk_from, risk_to, risk_rule, milestones, documents, legal_ground, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
  ON CONFLICT (item_id) DO UPDATE SET (form, status, partner_name, partner_tax_code, enterprise_cash, enterprise_in_kind,
    enterprise_technology, state_cash, state_in_kind, state_technology, assets_ownership, data_ownership,
    data_access_rights, term_from, term_to, risk_from, risk_to, risk_rule, milestones, documents, legal_ground, note)
  = (excluded.form, excluded.status, excluded.partner_name, excluded.partner_tax_code, excluded.enterprise_cash,
    excluded.enterprise_in_kind, excluded.enterprise_technology, excluded.state_cash, excluded.state_in_kind,
    excluded.state_technology, excluded.assets_ownership, excluded.data_ownership, excluded.data_access_rights,
    excluded.term_from, excluded.term_to, excluded.risk_from, excluded.risk_to, excluded.risk_rule,
    excluded.milestones, excluded.documents, excluded.legal_ground, excluded.note)`;

/** Public-private partnerships in which items are carried out. */
@Injectable()
export class PartnershipsService {
  constructor(
    private readonly items: ItemStore,
    @Inject(STATE_SHARE_WARNING) private readonly threshold: number,
  ) {}

  /**
   * Sets or replaces the partnership of an item.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed`
   */
  set(
    actor: Actor,
    id: string,
    content: PartnershipContent,
    ifMatch: number | undefined,
  ): Promise<BudgetItemState> {
    assertForward('term', content.term);
    if (content.riskSharing) assertForward('riskSharing', content.riskSharing);
    const change = {
      type: BUDGET_ITEM_PARTNERSHIP_CHANGED,
      ifMatch,
      note: content.note,
      allowed: (owner: string | null) => mayWriteItem(actor, owner),
    };
    return this.items.change(actor, id, change, async (_, manager) => {
      await manager.query(UPSERT, [id, ...columnsOf(content)]);
    });
  }

  /**
   * The item is not carried out in a partnership after all; its history keeps what it was.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `no-partnership`
   */
  remove(actor: Actor, id: string, reason: string, ifMatch: number | undefined): Promise<BudgetItemState> {
    const change = {
      type: BUDGET_ITEM_PARTNERSHIP_CHANGED,
      ifMatch,
      note: reason,
      allowed: (owner: string | null) => mayWriteItem(actor, owner),
    };
    return this.items.change(actor, id, change, async ({ partnership }, manager) => {
      if (partnership === null) throw budgetProblem('no-partnership');
      await manager.query('DELETE FROM partnership WHERE item_id = $1', [id]);
    });
  }

  /**
   * @param asOf day (yyyy-MM-dd) in whose evening the partnership is looked at; undefined: as it stands
   * @throws problem `not-found` (also for a day before the item's first kept state), `no-partnership`
   */
  async review(actor: Actor, id: string, asOf?: string): Promise<PartnershipReview> {
    const { partnership } = await (asOf === undefined
      ? this.items.read(actor, id)
      : this.items.readOn(actor, id, asOf));
    if (partnership === null) throw budgetProblem('no-partnership');
    const { stateShare } = partnership;
    const warned = stateShare !== null && isAbove(stateShare, this.threshold);
    return {
      itemId: id,
      partnership,
      stateShareWarning: warned ? { stateShare, threshold: this.threshold } : null,
    };
  }

  /**
   * What the budget would save; nothing is stored.
   *
   * @param enterprisePart what an enterprise would carry, đồng or percent of the cost
   * @throws problem `not-found`, `validation-failed` when more than the cost, or the cost is not determined
   */
  async whatIf(
    actor: Actor,
    id: string,
    enterprisePart: { amount: number } | { percent: number },
  ): Promise<WhatIf> {
    const item = await this.items.read(actor, id);
    const cost = costOf(item);
    if (cost === null) throw fieldProblem({ field: 'id', code: 'no-cost', texts: NO_COST });
    const amount =
      'amount' in enterprisePart ? enterprisePart.amount : Math.round((cost * enterprisePart.percent) / 100);
    if (amount > cost) {
      throw fieldProblem({ field: 'enterprisePart', code: 'too-large', parameters: { max: cost } });
    }
    return whatIf(item, cost, amount, this.threshold);
  }
}

const NO_COST: Texts = {
  vi: 'Mục này chưa xác định kinh phí.',
  en: 'What the item costs is not determined yet.',
};

function assertForward(field: string, { from, to }: { from: string | null; to: string | null }): void {
  if (from === null || to === null || from <= to) return;
  throw fieldProblem({ field: `${field}.to`, code: 'too-small', parameters: { min: from } });
}

/** In the order of the columns. */
function columnsOf(content: PartnershipContent): unknown[] {
  const { enterprisePart: enterprise, statePart: state, riskSharing: risk } = content;
  return [
    content.form,
    content.status,
    content.partner.name,
    content.partner.taxCode,
    ...[enterprise.cash, enterprise.inKind, enterprise.technology],
    ...[state.cash, state.inKind, state.technology],
    content.assetsOwnership,
    content.dataOwnership,
    content.dataAccessRights,
    content.term.from,
    content.term.to,
    risk?.from ?? null,
    risk?.to ?? null,
    risk?.rule ?? null,
    JSON.stringify(content.milestones),
    JSON.stringify(content.documents),
    content.legalGround,
    content.note,
  ];
}
