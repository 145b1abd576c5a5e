import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, REGISTRY_PARTNER, type RegistryPartnerState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { mayWriteEntry, speaksFor } from '../access/registry-access.js';

const NEWEST = (side: string) => `(
    SELECT jsonb_build_object('on', report.reported_on, 'progress', report.progress, 'obstacles', report.obstacles)
      FROM registry_partner_report report WHERE report.partner_id = row.id AND report.side = '${side}'
     ORDER BY report.id DESC LIMIT 1)`;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', jsonb_build_object('id', row.database_id, 'name', database.name),
    'enterprise', jsonb_build_object(
      'code', row.enterprise_code, 'name', row.enterprise_name, 'taxCode', row.tax_code),
    'capability', row.capability, 'contribution', row.contribution, 'contributionValue', row.contribution_value,
    'document', row.document, 'registeredOn', row.registered_on, 'state', row.state, 'stateOn', row.state_on,
    'reason', row.reason, 'agreement', row.agreement,
    'reports', jsonb_build_object('owner', ${NEWEST('owner')}, 'enterprise', ${NEWEST('enterprise')})
  ) AS state
  FROM registry_partner row JOIN registry_database database ON database.id = row.database_id`;

/** Whom the caller may see: whoever was chosen, and all of its own database or enterprise. `$1` is its agency. */
const VISIBLE = `(row.state IN ('chosen', 'ended') OR $1::text IS NULL OR $1 = 'SKHCN'
  OR $1 = database.owner_code OR $1 = row.enterprise_code)`;

@Injectable()
export class PartnerStore extends AggregateStore<RegistryPartnerState> {
  constructor(transactions: TransactionScope, history: History) {
    super({ aggregate: REGISTRY_PARTNER, table: 'registry_partner', select: SELECT }, transactions, history);
  }

  /** In the order of registration. */
  page(
    { agency }: Pick<Actor, 'agency'>,
    {
      databaseId,
      state,
      after,
      limit,
    }: { databaseId?: string; state?: string; after?: string; limit: number },
  ): Promise<RegistryPartnerState[]> {
    return this.query(
      `WHERE ${VISIBLE} AND ($2::uuid IS NULL OR row.database_id = $2) AND ($3::text IS NULL OR row.state = $3)
         AND ($4::uuid IS NULL OR row.id > $4)
       ORDER BY row.id LIMIT $5`,
      [agency, databaseId ?? null, state ?? null, after ?? null, limit],
    );
  }

  /** @throws problem `not-found`, also for one that the caller may not see */
  async readVisible({ agency }: Pick<Actor, 'agency'>, id: string): Promise<RegistryPartnerState> {
    const [partner] = await this.query(`WHERE ${VISIBLE} AND row.id = $2`, [agency, id]);
    if (!partner) throw problem('not-found');
    return partner;
  }

  /** Registrations of a database, all of them, in the order of registration. */
  ofDatabase(databaseId: string): Promise<RegistryPartnerState[]> {
    return this.query('WHERE row.database_id = $1 ORDER BY row.id', [databaseId]);
  }
}

/** Side that the caller speaks for; null: none. */
export function sideOf(
  actor: Pick<Actor, 'agency'>,
  ownerCode: string | null,
  { enterprise }: RegistryPartnerState,
): 'owner' | 'enterprise' | null {
  if (speaksFor(actor, enterprise.code)) return 'enterprise';
  return mayWriteEntry(actor, ownerCode) ? 'owner' : null;
}
