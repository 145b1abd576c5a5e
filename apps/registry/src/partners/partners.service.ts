import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  type DatabasePartner,
  type Enterprise,
  type PartnerSide,
  type PartnerState,
  problem,
  REGISTRY_DATABASE_PARTNERS_CHANGED,
  REGISTRY_PARTNER_CHOSEN,
  REGISTRY_PARTNER_ENDED,
  REGISTRY_PARTNER_NOT_CHOSEN,
  REGISTRY_PARTNER_REGISTERED,
  REGISTRY_PARTNER_REPORTED,
  REGISTRY_PARTNER_WITHDRAWN,
  type RegistryDatabaseState,
  type RegistryPartnerState,
} from '#libs/contracts';
import { fieldProblem, foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { mayActForEnterprise } from '../access/registry-access.js';
import { DatabasesQueries, DatabasesService } from '../databases/databases.service.js';
import { registryProblem } from '../problems.js';
import { PartnerStore, sideOf } from './partner.store.js';
import { PARTNER_TRANSITIONS } from './partner-transitions.js';

export interface NewRegistration {
  enterprise: Enterprise;
  capability: string;
  contribution: string;
  contributionValue: number | null;
  document: string | null;
}

export interface Choice {
  chosen: readonly string[];
  reason: string;
  document: string | null;
}

/** Partner enterprises of databases: they register, the owner compares and chooses, both sides report. */
@Injectable()
export class PartnersService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly partners: PartnerStore,
    private readonly databases: DatabasesService,
    private readonly databaseQueries: DatabasesQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `partner-registered`, `validation-failed` */
  register(actor: Actor, databaseId: string, registration: NewRegistration): Promise<RegistryPartnerState> {
    const { enterprise, capability, contribution, contributionValue, document } = registration;
    this.requireEnterprise(enterprise.code);
    return this.transactions.run(async (manager) => {
      const { owner } = await this.databaseQueries.read(databaseId);
      if (!mayActForEnterprise(actor, owner?.code ?? null, enterprise.code)) throw problem('other-agency');
      const id = uuidv7();
      const today = this.clock.today();
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO registry_partner (id, version, database_id, enterprise_code, enterprise_name, tax_code,
           enterprise_key, capability, contribution, contribution_value, document, registered_on, state, state_on)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'registered', $11)
         ON CONFLICT DO NOTHING RETURNING id`,
        [
          id,
          databaseId,
          enterprise.code,
          enterprise.name,
          enterprise.taxCode,
          keyOf(enterprise),
          capability,
          contribution,
          contributionValue,
          document,
          today,
        ],
      );
      if (inserted.length === 0) throw registryProblem('partner-registered');
      return this.partners.added(actor, id, { type: REGISTRY_PARTNER_REGISTERED, document });
    });
  }

  /**
   * The owner's choice among those who registered: the named ones are chosen, the others who still waited are not.
   * Partners of an earlier choice stay.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version` (of the database), `partner-step-not-allowed`
   */
  choose(
    actor: Actor,
    databaseId: string,
    { chosen, reason, document }: Choice,
    ifMatch: number | undefined,
  ): Promise<RegistryDatabaseState> {
    const change = { type: REGISTRY_DATABASE_PARTNERS_CHANGED, ifMatch, note: reason, document };
    return this.databases.alter(actor, databaseId, change, async () => {
      const all = await this.partners.ofDatabase(databaseId);
      if (chosen.some((id) => all.every((partner) => partner.id !== id))) throw problem('not-found');
      for (const { id, state } of all) {
        if (chosen.includes(id)) await this.pass(actor, id, 'chosen', reason);
        else if (state === 'registered') await this.pass(actor, id, 'not-chosen', reason);
      }
      return { partners: await this.chosenOf(databaseId) };
    });
  }

  /**
   * The enterprise takes its registration back.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `partner-step-not-allowed`
   */
  async withdraw(actor: Actor, id: string, reason: string, ifMatch?: number): Promise<RegistryPartnerState> {
    await this.requireSide(actor, id);
    return this.pass(actor, id, 'withdrawn', reason, ifMatch);
  }

  /**
   * A partnership ends before or after its work is done; the database has one partner less.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `partner-step-not-allowed`
   */
  end(actor: Actor, id: string, reason: string, ifMatch?: number): Promise<RegistryPartnerState> {
    return this.transactions.run(async () => {
      const { database } = await this.requireSide(actor, id);
      const change = { type: REGISTRY_DATABASE_PARTNERS_CHANGED, allowed: () => true, note: reason };
      await this.databases.alter(actor, database.id, change, async () => {
        await this.pass(actor, id, 'ended', reason, ifMatch);
        return { partners: await this.chosenOf(database.id) };
      });
      return this.partners.read(id);
    });
  }

  /**
   * A report of one side on the common work.
   *
   * @param side whose report it is; by default the caller's
   * @throws problem `not-found`, `other-agency`, `stale-version`, `partner-step-not-allowed`
   */
  async report(
    actor: Actor,
    id: string,
    report: { side: PartnerSide | null; progress: string; obstacles: string | null },
    ifMatch: number | undefined,
  ): Promise<RegistryPartnerState> {
    const own = (await this.requireSide(actor, id)).side;
    const side = report.side ?? own;
    // The owner records what came on paper; an enterprise never speaks for the owner.
    if (own === 'enterprise' && side !== own) throw problem('other-agency');
    const change = { type: REGISTRY_PARTNER_REPORTED, ifMatch };
    return this.partners.alter(actor, id, change, async (before, manager) => {
      if (before.state !== 'chosen') refuseStep(before);
      await manager.query(
        `INSERT INTO registry_partner_report (id, partner_id, side, reported_on, progress, obstacles, author, author_agency)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          uuidv7(),
          id,
          side,
          this.clock.today(),
          report.progress,
          report.obstacles,
          actor.subject,
          actor.agency,
        ],
      );
    });
  }

  /** Chosen partners as the database's state names them. */
  async chosenOf(databaseId: string): Promise<DatabasePartner[]> {
    const all = await this.partners.ofDatabase(databaseId);
    return all
      .filter(({ state }) => state === 'chosen')
      .map(({ id, enterprise, agreement }) => ({
        id,
        name: enterprise.name,
        scope: agreement?.scope ?? null,
        part: agreement?.part ?? null,
      }));
  }

  /** A department is no enterprise, whatever its token says. */
  private requireEnterprise(code: string | null): void {
    if (code === null || this.reference.agency(code)?.kind === 'enterprise') return;
    throw fieldProblem({
      field: 'enterprise.code',
      code: 'unknown-enterprise',
      texts: {
        vi: `Danh mục dùng chung không có doanh nghiệp mã "${code}".`,
        en: `The reference list has no enterprise with the code "${code}".`,
      },
    });
  }

  /** The registration with the side that the caller speaks for. */
  private async requireSide(actor: Actor, id: string): Promise<RegistryPartnerState & { side: PartnerSide }> {
    const partner = await this.partners.readVisible(actor, id);
    const { owner } = await this.databaseQueries.read(partner.database.id);
    const side = sideOf(actor, owner?.code ?? null, partner);
    if (side === null) throw problem('other-agency');
    return { ...partner, side };
  }

  private pass(
    actor: Actor,
    id: string,
    to: Exclude<PartnerState, 'registered'>,
    reason: string,
    ifMatch?: number,
  ): Promise<RegistryPartnerState> {
    const change = { type: EVENTS[to], ifMatch, note: reason };
    return this.partners.alter(actor, id, change, async (before, manager: EntityManager) => {
      if (!PARTNER_TRANSITIONS[before.state].includes(to)) refuseStep(before);
      await manager.query(
        'UPDATE registry_partner SET state = $2, state_on = $3, reason = $4 WHERE id = $1',
        [id, to, this.clock.today(), reason],
      );
    });
  }
}

const EVENTS: Readonly<Record<Exclude<PartnerState, 'registered'>, string>> = {
  chosen: REGISTRY_PARTNER_CHOSEN,
  'not-chosen': REGISTRY_PARTNER_NOT_CHOSEN,
  withdrawn: REGISTRY_PARTNER_WITHDRAWN,
  ended: REGISTRY_PARTNER_ENDED,
};

function refuseStep({ state, enterprise }: RegistryPartnerState): never {
  throw registryProblem('partner-step-not-allowed', { state, name: enterprise.name });
}

/** The same enterprise has the same key: its tax code, else its name however it is written. */
function keyOf({ code, name, taxCode }: Enterprise): string {
  return taxCode ?? code ?? foldVietnamese(name).replace(/\s+/g, ' ');
}
