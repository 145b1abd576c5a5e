import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { SHARING_GRANT, type SharingGrantState } from '#libs/contracts';
import { History } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { visibleSharing } from '../../access/registry-access.js';
import { agencyCode, isoInstant } from '../../history/state-sql.js';
import { escalationLevel, toldAtLast } from '../escalation-sql.js';
import { DATASET_REF } from '../datasets/dataset.store.js';
import { PartiesStore } from '../parties-store.js';
import { SharingAgencies } from '../sharing-agencies.js';
import type { ListGrantsQuery } from './grant.requests.js';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'requestId', row.request_id, 'dataset', ${DATASET_REF},
    'title', dataset.title ->> 'vi', 'provider', ${agencyCode('row.provider')},
    'receiver', ${agencyCode('row.receiver')}, 'purpose', row.purpose, 'fields', row.fields, 'method', row.method, 'frequency', row.frequency,
    'validFrom', row.valid_from, 'validUntil', row.valid_until, 'state', row.state, 'stateReason', row.state_reason,
    'stateLegalGround', row.state_legal_ground, 'stateAt', ${isoInstant('row.state_at')},
    'openingDueOn', row.opening_due_on, 'openedAt', ${isoInstant('row.opened_at')},
    'openingEscalatedTo', ${escalationLevel('row.opening_escalation')}) AS state
  FROM sharing_grant row JOIN sharing_dataset dataset ON dataset.id = row.dataset_id`;

/** What an agency, `$1`, may see of `row`: what was reported to it as late, too. */
const VISIBLE = `(${visibleSharing('row.receiver', 'row.provider')} OR ${toldAtLast('row.opening_escalation')})`;

/** SQL: a grant in force on a day whose receiver has no account on the bus; packages need none. */
export const unopened = (today: string, row = 'sharing_grant') =>
  `${row}.state = 'active' AND ${row}.opened_at IS NULL AND ${row}.method <> 'package'
   AND ${today} BETWEEN ${row}.valid_from AND ${row}.valid_until`;

/** The standing on a day, `$6`, as {@link sharingGrantStanding} says it. */
const STANDING = `CASE WHEN row.state = 'withdrawn' THEN 'withdrawn' WHEN $6::date > row.valid_until THEN 'ended'
  WHEN row.state = 'active' AND $6::date < row.valid_from THEN 'coming' ELSE row.state END`;

/** As {@link isOpeningLate} says it of a day, `$6`. */
const OPENING_LATE = `${unopened('$6::date', 'row')} AND $6::date > row.opening_due_on`;

@Injectable()
export class GrantStore extends PartiesStore<SharingGrantState> {
  constructor(
    transactions: TransactionScope,
    history: History,
    private readonly agencies: SharingAgencies,
  ) {
    const definition = { aggregate: SHARING_GRANT, table: 'sharing_grant', select: SELECT, visible: VISIBLE };
    super(definition, transactions, history);
  }

  override async query(rest: string, parameters: readonly unknown[]): Promise<SharingGrantState[]> {
    const states = await super.query(rest, parameters);
    return states.map((state) => ({
      ...state,
      provider: this.agencies.named(state.provider),
      receiver: this.agencies.named(state.receiver),
    }));
  }

  /** What the caller may see, the newest first. @param today for the standing (Asia/Ho_Chi_Minh) */
  async list(
    { agency }: Pick<Actor, 'agency'>,
    query: ListGrantsQuery,
    today: string,
  ): Promise<Page<SharingGrantState>> {
    const { dataset, receiver, provider, standing, openingLate, datasetState, endingUntil, limit, cursor } =
      query;
    const filters = { dataset, receiver, provider, standing, openingLate, datasetState, endingUntil };
    const [before] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.query(
      `WHERE ${VISIBLE} AND ($2::uuid IS NULL OR row.dataset_id = $2) AND ($3::text IS NULL OR row.receiver = $3)
         AND ($4::text IS NULL OR row.provider = $4) AND ($5::text IS NULL OR ${STANDING} = $5)
         AND ($7::date IS NULL OR row.valid_until <= $7)
         AND ($8::boolean IS NULL OR (${OPENING_LATE}) = $8) AND ($9::text IS NULL OR dataset.state = $9)
         AND ($10::uuid IS NULL OR row.id < $10)
       ORDER BY row.id DESC LIMIT $11`,
      [
        agency,
        dataset ?? null,
        receiver ?? null,
        provider ?? null,
        standing ?? null,
        today,
        endingUntil ?? null,
        openingLate ?? null,
        datasetState ?? null,
        before ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, ({ id }) => [id], filters);
  }
}
