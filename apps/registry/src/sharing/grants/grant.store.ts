import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, SHARING_GRANT, type SharingGrantState } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { visibleSharing } from '../../access/registry-access.js';
import { AggregateStore } from '../../history/aggregate-store.js';
import { History } from '../../history/history.service.js';
import { agencyCode, isoInstant } from '../../history/state-sql.js';
import { DATASET_REF } from '../datasets/dataset.store.js';
import { SharingAgencies } from '../sharing-agencies.js';
import type { ListGrantsQuery } from './grant.requests.js';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'requestId', row.request_id, 'dataset', ${DATASET_REF},
    'title', dataset.title ->> 'vi', 'provider', ${agencyCode('row.provider')},
    'receiver', ${agencyCode('row.receiver')}, 'purpose', row.purpose, 'fields', row.fields, 'method', row.method,
    'validFrom', row.valid_from, 'validUntil', row.valid_until, 'state', row.state, 'stateReason', row.state_reason,
    'stateLegalGround', row.state_legal_ground, 'stateAt', ${isoInstant('row.state_at')},
    'openingDueOn', row.opening_due_on, 'openedAt', ${isoInstant('row.opened_at')}) AS state
  FROM sharing_grant row JOIN sharing_dataset dataset ON dataset.id = row.dataset_id`;

const VISIBLE = visibleSharing('row.receiver', 'row.provider');

/** The standing on a day, `$6`, as {@link sharingGrantStanding} says it. */
const STANDING = `CASE WHEN row.state = 'withdrawn' THEN 'withdrawn' WHEN $6::date > row.valid_until THEN 'ended'
  WHEN row.state = 'active' AND $6::date < row.valid_from THEN 'coming' ELSE row.state END`;

@Injectable()
export class GrantStore extends AggregateStore<SharingGrantState> {
  constructor(
    transactions: TransactionScope,
    history: History,
    private readonly agencies: SharingAgencies,
  ) {
    super({ aggregate: SHARING_GRANT, table: 'sharing_grant', select: SELECT }, transactions, history);
  }

  override async query(rest: string, parameters: readonly unknown[]): Promise<SharingGrantState[]> {
    const states = await super.query(rest, parameters);
    return states.map((state) => ({
      ...state,
      provider: this.agencies.named(state.provider),
      receiver: this.agencies.named(state.receiver),
    }));
  }

  /** @throws problem `not-found`, also for one that the caller may not see */
  async readVisible({ agency }: Pick<Actor, 'agency'>, id: string): Promise<SharingGrantState> {
    const [grant] = await this.query(`WHERE ${VISIBLE} AND row.id = $2`, [agency, id]);
    if (!grant) throw problem('not-found');
    return grant;
  }

  /** What the caller may see, the newest first. @param today for the standing (Asia/Ho_Chi_Minh) */
  async list(
    { agency }: Pick<Actor, 'agency'>,
    query: ListGrantsQuery,
    today: string,
  ): Promise<Page<SharingGrantState>> {
    const { dataset, receiver, provider, standing, endingUntil, limit, cursor } = query;
    const filters = { dataset, receiver, provider, standing, endingUntil };
    const [before] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.query(
      `WHERE ${VISIBLE} AND ($2::uuid IS NULL OR row.dataset_id = $2) AND ($3::text IS NULL OR row.receiver = $3)
         AND ($4::text IS NULL OR row.provider = $4) AND ($5::text IS NULL OR ${STANDING} = $5)
         AND ($7::date IS NULL OR row.valid_until <= $7) AND ($8::uuid IS NULL OR row.id < $8)
       ORDER BY row.id DESC LIMIT $9`,
      [
        agency,
        dataset ?? null,
        receiver ?? null,
        provider ?? null,
        standing ?? null,
        today,
        endingUntil ?? null,
        before ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, ({ id }) => [id], filters);
  }
}
