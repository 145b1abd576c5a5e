import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { TIME_ZONE } from '#libs/calendar';
import { SHARING_REQUEST, type SharingRequestState } from '#libs/contracts';
import { History } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { visibleSharing } from '../../access/registry-access.js';
import { agencyCode, isoInstant } from '../../history/state-sql.js';
import { escalationLevel, toldAtLast } from '../escalation-sql.js';
import { PartiesStore } from '../parties-store.js';
import { SharingAgencies } from '../sharing-agencies.js';
import { DATASET_REF } from '../datasets/dataset.store.js';
import type { ContactBody, ListRequestsQuery } from './request.requests.js';

/** Day of the answer in Asia/Ho_Chi_Minh, of a `row`. */
export const DECIDED_ON = `(row.decided_at AT TIME ZONE '${TIME_ZONE}')::date`;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version, 'dataset', ${DATASET_REF}, 'title', dataset.title ->> 'vi',
    'provider', ${agencyCode('dataset.provider')}, 'requester', ${agencyCode('row.requester')},
    'purpose', row.purpose, 'legalGround', row.legal_ground, 'fields', row.fields, 'quantity', row.quantity,
    'validFrom', row.valid_from, 'validUntil', row.valid_until, 'frequency', row.frequency, 'method', row.method,
    'objectsTo', row.objects_to, 'state', row.state, 'submittedAt', ${isoInstant('row.submitted_at')}, 'dueOn', row.due_on,
    'decidedAt', ${isoInstant('row.decided_at')}, 'decidedOn', ${DECIDED_ON}, 'decision', '{"limits": null}'::jsonb || row.decision,
    'escalatedTo', ${escalationLevel('row.escalation')}, 'grantId', granted.id) AS state
  FROM sharing_request row
  JOIN sharing_dataset dataset ON dataset.id = row.dataset_id
  LEFT JOIN sharing_grant granted ON granted.request_id = row.id`;

/** What an agency, `$1`, may see of `row` and its joined `dataset`. */
export const VISIBLE_REQUESTS = `(${visibleSharing('row.requester', 'dataset.provider')}
  OR ${toldAtLast('row.escalation')})`;

@Injectable()
export class RequestStore extends PartiesStore<SharingRequestState> {
  constructor(
    transactions: TransactionScope,
    history: History,
    private readonly agencies: SharingAgencies,
  ) {
    const visible = VISIBLE_REQUESTS;
    const definition = { aggregate: SHARING_REQUEST, table: 'sharing_request', select: SELECT, visible };
    super(definition, transactions, history);
  }

  override async query(rest: string, parameters: readonly unknown[]): Promise<SharingRequestState[]> {
    const states = await super.query(rest, parameters);
    return states.map((state) => ({
      ...state,
      provider: this.agencies.named(state.provider),
      requester: this.agencies.named(state.requester),
      decision: state.decision && {
        ...state.decision,
        decidedBy: this.agencies.named(state.decision.decidedBy),
      },
    }));
  }

  /** Whom the requester named for questions. */
  async contactOf(id: string): Promise<ContactBody> {
    const rows = await this.transactions.manager.query<{ contact: ContactBody }[]>(
      'SELECT contact FROM sharing_request WHERE id = $1',
      [id],
    );
    return rows[0]!.contact;
  }

  /** What the caller may see, the newest first. @param today for `late` (Asia/Ho_Chi_Minh) */
  async list(
    { agency }: Pick<Actor, 'agency'>,
    query: ListRequestsQuery,
    today: string,
  ): Promise<Page<SharingRequestState>> {
    const { dataset, requester, provider, state, late, limit, cursor } = query;
    const filters = { dataset, requester, provider, state, late };
    const [before] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.query(
      `WHERE ${VISIBLE_REQUESTS} AND ($2::uuid IS NULL OR row.dataset_id = $2) AND ($3::text IS NULL OR row.requester = $3)
         AND ($4::text IS NULL OR dataset.provider = $4) AND ($5::text IS NULL OR row.state = $5)
         AND ($6::boolean IS NULL OR (row.state = 'submitted' AND row.due_on < $7::date) = $6)
         AND ($8::uuid IS NULL OR row.id < $8)
       ORDER BY row.id DESC LIMIT $9`,
      [
        agency,
        dataset ?? null,
        requester ?? null,
        provider ?? null,
        state ?? null,
        late ?? null,
        today,
        before ?? null,
        limit + 1,
      ],
    );
    return toPage(rows, limit, ({ id }) => [id], filters);
  }
}
