import { Injectable } from '@nestjs/common';
import { REGISTRY_PROPOSAL, type RegistryProposalState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { ListProposalsQuery } from './proposal.requests.js';

const STATE = `jsonb_build_object(
    'id', row.id, 'version', row.version, 'listId', row.list_id,
    'database', jsonb_build_object('id', row.database_id, 'name', database.name),
    'agency', row.agency, 'reason', row.reason, 'document', row.document, 'state', row.state,
    'proposedOn', row.proposed_on, 'decidedOn', row.decided_on, 'decision', row.decision)`;

const FROM = 'FROM registry_proposal row JOIN registry_database database ON database.id = row.database_id';

/** How far a proposed database has the support of enterprises, the most first. */
export const SUPPORT = ['chosen', 'registered', 'none'] as const;
export type Support = (typeof SUPPORT)[number];

export type ProposalItem = RegistryProposalState & { support: Support };

const RANKED = `
  SELECT ${STATE} AS state, ranked.rank
  ${FROM}
  CROSS JOIN LATERAL (
    SELECT COALESCE(min(CASE partner.state WHEN 'chosen' THEN 0 ELSE 1 END), 2) AS rank
      FROM registry_partner partner
     WHERE partner.database_id = row.database_id AND partner.state IN ('chosen', 'registered')) ranked
  WHERE ($1::uuid IS NULL OR row.list_id = $1) AND ($2::text IS NULL OR row.state = $2)
    AND ($3::int IS NULL OR (ranked.rank, row.id) > ($3, $4::uuid))
  ORDER BY ranked.rank, row.id LIMIT $5`;

@Injectable()
export class ProposalStore extends AggregateStore<RegistryProposalState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      {
        aggregate: REGISTRY_PROPOSAL,
        table: 'registry_proposal',
        select: `SELECT ${STATE} AS state ${FROM}`,
      },
      transactions,
      history,
    );
  }

  /** Databases that partner enterprises support come first (letter of Sở KH&CN of 3/2026 on Decision 508, section 1). */
  async list({ list, state, limit, cursor }: ListProposalsQuery): Promise<Page<ProposalItem>> {
    const filters = { list, state };
    const [rank, after] = decodeCursor<[number, string]>(cursor, filters, ['integer', 'uuid']) ?? [];
    const rows = await this.transactions.manager.query<{ state: RegistryProposalState; rank: number }[]>(
      RANKED,
      [list ?? null, state ?? null, rank ?? null, after ?? null, limit + 1],
    );
    const page = toPage(rows, limit, (row) => [row.rank, row.state.id], filters);
    return {
      ...page,
      items: page.items.map((row) => ({ ...row.state, support: SUPPORT[row.rank] ?? 'none' })),
    };
  }
}
