import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  REGISTRY_DATABASE_SPLIT_AGREED,
  REGISTRY_PARTNER_AGREED,
  type RegistryDatabaseState,
} from '#libs/contracts';
import { checkDay } from '../catalogue/lifecycle-rules.js';
import { DatabasesService } from '../databases/databases.service.js';
import { registryProblem } from '../problems.js';
import { PartnerStore } from './partner.store.js';
import { PartnersService } from './partners.service.js';

/** What one partner carries. */
export interface Share {
  partnerId: string;
  scope: string;
  /** Whole đồng. */
  part: number;
}

export interface Split {
  /** Whole đồng; null: not determined. */
  statePart: number | null;
  year: number | null;
  shares: readonly Share[];
  document: string | null;
  /** yyyy-MM-dd */
  on: string;
}

/** Who carries what of a database: partners their parts, the State budget the rest. */
@Injectable()
export class SplitService {
  constructor(
    private readonly databases: DatabasesService,
    private readonly partners: PartnersService,
    private readonly store: PartnerStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what owner and partners agreed; it replaces what was agreed before, which the history keeps. A State part
   * above 0 becomes a draft line of the owner's budget estimate, by event.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `split-without-partner`, `validation-failed`
   */
  agree(
    actor: Actor,
    databaseId: string,
    split: Split,
    ifMatch: number | undefined,
  ): Promise<RegistryDatabaseState> {
    const { statePart, year, shares, document, on } = split;
    checkDay(on, null, this.clock.today());
    const change = { type: REGISTRY_DATABASE_SPLIT_AGREED, ifMatch, document };
    return this.databases.alter(actor, databaseId, change, async () => {
      const chosen = await this.partners.chosenOf(databaseId);
      if (shares.some(({ partnerId }) => chosen.every(({ id }) => id !== partnerId))) {
        throw registryProblem('split-without-partner');
      }
      for (const { id } of chosen) {
        await this.settle(actor, id, split, shares.find(({ partnerId }) => partnerId === id) ?? null);
      }
      const enterprisePart = shares.reduce((sum, { part }) => sum + part, 0);
      if (!Number.isSafeInteger(enterprisePart)) throw problem('unacceptable-value');
      return {
        budgetSplit: { statePart, enterprisePart, year },
        partners: await this.partners.chosenOf(databaseId),
      };
    });
  }

  private async settle(
    actor: Actor,
    id: string,
    { document, on }: Split,
    share: Share | null,
  ): Promise<void> {
    const agreement = share && { scope: share.scope, part: share.part, document, on };
    await this.store.alter(actor, id, { type: REGISTRY_PARTNER_AGREED, document }, async (_, manager) => {
      await manager.query('UPDATE registry_partner SET agreement = $2 WHERE id = $1', [id, agreement]);
    });
  }
}
