import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  type ProposalState,
  REGISTRY_PROPOSAL_ACCEPTED,
  REGISTRY_PROPOSAL_MADE,
  REGISTRY_PROPOSAL_REFUSED,
  REGISTRY_PROPOSAL_WITHDRAWN,
  type RegistryProposalState,
} from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { mayKeep, mayWriteEntry } from '../access/registry-access.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { ListStore } from '../lists/list.store.js';
import { isOn, ListsService } from '../lists/lists.service.js';
import { registryProblem } from '../problems.js';
import { ProposalStore } from './proposal.store.js';

export interface NewProposal {
  databaseId: string;
  reason: string;
  document: string | null;
}

/** Proposals to put a database on a priority list: made by its owner, decided by Sở KH&CN. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly proposals: ProposalStore,
    private readonly lists: ListsService,
    private readonly listStore: ListStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `not-a-priority-list`, `already-listed`, `proposal-open` */
  propose(
    actor: Actor,
    listId: string,
    { databaseId, reason, document }: NewProposal,
  ): Promise<RegistryProposalState> {
    return this.transactions.run(async (manager) => {
      const list = await this.listStore.read(listId);
      const { owner } = await this.databases.read(databaseId);
      if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
      if (list.purpose !== 'priority') throw registryProblem('not-a-priority-list');
      if (isOn(list, databaseId)) throw registryProblem('already-listed');
      const id = uuidv7();
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO registry_proposal (id, version, list_id, database_id, agency, reason, document, state, proposed_on)
         VALUES ($1, 1, $2, $3, $4, $5, $6, 'proposed', $7) ON CONFLICT DO NOTHING RETURNING id`,
        [id, listId, databaseId, actor.agency, reason, document, this.clock.today()],
      );
      if (inserted.length === 0) throw registryProblem('proposal-open');
      return this.proposals.added(actor, id, { type: REGISTRY_PROPOSAL_MADE, note: reason, document });
    });
  }

  /**
   * Accepts a proposal: the database is on the list with it.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `proposal-decided`, `already-listed`
   */
  accept(actor: Actor, id: string, document: string, ifMatch?: number): Promise<RegistryProposalState> {
    if (!mayKeep(actor)) throw problem('other-agency');
    return this.transactions.run(async () => {
      const proposal = await this.proposals.read(id);
      refuseDecided(proposal);
      const addition = { databaseId: proposal.database.id, document, note: null };
      // Database and list first, then the proposal: the order of all who lock them.
      await this.lists.add(actor, proposal.listId, addition);
      return this.decide(actor, id, { to: 'accepted', decision: document, ifMatch });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `proposal-decided` */
  refuse(actor: Actor, id: string, reason: string, ifMatch?: number): Promise<RegistryProposalState> {
    if (!mayKeep(actor)) throw problem('other-agency');
    return this.decide(actor, id, { to: 'refused', decision: reason, ifMatch });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `proposal-decided` */
  async withdraw(actor: Actor, id: string, ifMatch?: number): Promise<RegistryProposalState> {
    const { agency } = await this.proposals.read(id);
    if (!mayWriteEntry(actor, agency)) throw problem('other-agency');
    return this.decide(actor, id, { to: 'withdrawn', decision: null, ifMatch });
  }

  private decide(
    actor: Actor,
    id: string,
    { to, decision, ifMatch }: { to: keyof typeof DECIDED; decision: string | null; ifMatch?: number },
  ): Promise<RegistryProposalState> {
    const change = { type: DECIDED[to], ifMatch, note: decision };
    return this.proposals.alter(actor, id, change, async (before, manager) => {
      refuseDecided(before);
      await manager.query(
        'UPDATE registry_proposal SET state = $2, decided_on = $3, decision = $4 WHERE id = $1',
        [id, to, this.clock.today(), decision],
      );
    });
  }
}

/** What a proposal may become, and the event that tells of it; nothing follows after that. */
const DECIDED = {
  accepted: REGISTRY_PROPOSAL_ACCEPTED,
  refused: REGISTRY_PROPOSAL_REFUSED,
  withdrawn: REGISTRY_PROPOSAL_WITHDRAWN,
} as const satisfies Partial<Record<ProposalState, string>>;

function refuseDecided({ state }: RegistryProposalState): void {
  if (state !== 'proposed') throw registryProblem('proposal-decided', { state });
}
