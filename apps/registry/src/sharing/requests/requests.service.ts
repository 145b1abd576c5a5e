import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock, dayOf } from '#libs/calendar';
import {
  problem,
  SHARING_REQUEST_GRANTED,
  SHARING_REQUEST_REFUSED,
  SHARING_REQUEST_SUBMITTED,
  SHARING_REQUEST_WITHDRAWN,
  type SharingDatasetState,
  type SharingDecision,
  type SharingMethod,
  type SharingRequestState,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { speaksFor } from '../../access/registry-access.js';
import { ExchangeLog } from '../../exchange-log/exchange-log.js';
import type { Author } from '../../history/history.service.js';
import { registryProblem } from '../../problems.js';
import { AnswerTimes } from '../answer-times.js';
import { DatasetStore } from '../datasets/dataset.store.js';
import { GrantsService } from '../grants/grants.service.js';
import { SharingAgencies } from '../sharing-agencies.js';
import type { ContactBody } from './request.requests.js';
import { RequestStore } from './request.store.js';

/** What an agency asks for. */
export interface NewRequest {
  datasetId: string;
  purpose: string;
  legalGround: string;
  /** null: all. */
  fields: string[] | null;
  quantity: string | null;
  validFrom: string;
  validUntil: string;
  frequency: string | null;
  method: SharingMethod;
  contact: ContactBody;
}

export interface Refusal {
  reason: string;
  legalGround: string;
  document: string | null;
}

/** Whom the history names where nobody decides: what must be shared is granted by the request itself. */
const BY_LAW: Author = { subject: 'mandatory-sharing', agency: null };
const BY_LAW_REASON = 'Dữ liệu thuộc diện chia sẻ bắt buộc';

/** Requests and their answers. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly requests: RequestStore,
    private readonly datasets: DatasetStore,
    private readonly grants: GrantsService,
    private readonly agencies: SharingAgencies,
    private readonly exchangeLog: ExchangeLog,
    private readonly times: AnswerTimes,
    private readonly clock: Clock,
  ) {}

  /**
   * A request of the caller's agency. What must be shared is granted in the same transaction.
   *
   * @throws problem `other-agency` for a caller of no agency, `not-found`, `dataset-closed`, `own-dataset`,
   *   `validation-failed`
   */
  submit(actor: Actor, request: NewRequest): Promise<SharingRequestState> {
    const { agency } = actor;
    if (agency === null || !this.agencies.mayAsk(agency)) throw problem('other-agency');
    this.checkDays(request);
    return this.transactions.run(async (manager) => {
      // Whoever closes the dataset at this moment comes before or after.
      await manager.query('SELECT 1 FROM sharing_dataset WHERE id = $1 FOR SHARE', [request.datasetId]);
      const dataset = await this.datasets.read(request.datasetId);
      if (dataset.state === 'closed') throw registryProblem('dataset-closed', { code: dataset.code });
      if (dataset.provider.code === agency) throw registryProblem('own-dataset', { code: dataset.code });
      const id = uuidv7();
      const now = this.clock.now();
      await manager.query(
        `INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, fields, quantity,
           valid_from, valid_until, frequency, method, contact, state, submitted_at, due_on)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'submitted', $13, $14)`,
        [
          id,
          dataset.id,
          agency,
          request.purpose,
          request.legalGround,
          fieldsOf(dataset, request.fields),
          request.quantity,
          request.validFrom,
          request.validUntil,
          request.frequency,
          request.method,
          request.contact,
          now,
          this.times.dueOn(dayOf(now)),
        ],
      );
      const submitted = await this.requests.added(actor, id, { type: SHARING_REQUEST_SUBMITTED });
      if (dataset.access !== 'mandatory' || !this.agencies.isPublic(agency)) return submitted;
      const { legalGround } = dataset;
      const decision = { reason: BY_LAW_REASON, legalGround, document: null, decidedBy: null };
      return this.grantAs(BY_LAW, id, decision, undefined);
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `sharing-request-decided`, `sharing-request-past` */
  async grant(
    actor: Actor,
    id: string,
    { note, document }: { note: string | null; document: string | null },
    ifMatch: number | undefined,
  ): Promise<SharingRequestState> {
    const { provider } = await this.requireProvider(actor, id);
    const decision = { reason: note, legalGround: null, document, decidedBy: provider };
    return this.grantAs(actor, id, decision, ifMatch);
  }

  /**
   * A refusal in writing, with its reason and legal ground (Decree 194/2025, article 16), which the exchange log keeps.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `sharing-request-decided`
   */
  async refuse(
    actor: Actor,
    id: string,
    refusal: Refusal,
    ifMatch: number | undefined,
  ): Promise<SharingRequestState> {
    const { provider } = await this.requireProvider(actor, id);
    const { reason, document } = refusal;
    const change = { type: SHARING_REQUEST_REFUSED, ifMatch, note: reason, document };
    return this.requests.alter(actor, id, change, async (before) => {
      requireOpen(before);
      await this.decide(id, 'refused', { ...refusal, decidedBy: provider });
      this.exchangeLog.refused({
        ...refusal,
        requestId: id,
        datasetCode: before.dataset.code,
        provider: provider.code ?? '',
        requester: before.requester.code ?? '',
      });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `sharing-request-decided` */
  async withdraw(
    actor: Actor,
    id: string,
    reason: string | null,
    ifMatch: number | undefined,
  ): Promise<SharingRequestState> {
    const { requester } = await this.requests.readVisible(actor, id);
    if (!speaksFor(actor, requester.code)) throw problem('other-agency');
    const change = { type: SHARING_REQUEST_WITHDRAWN, ifMatch, note: reason };
    return this.requests.alter(actor, id, change, async (before, manager) => {
      requireOpen(before);
      await manager.query(`UPDATE sharing_request SET state = 'withdrawn' WHERE id = $1`, [id]);
    });
  }

  private grantAs(
    author: Author,
    id: string,
    decision: SharingDecision,
    ifMatch: number | undefined,
  ): Promise<SharingRequestState> {
    const ground = { note: decision.reason, document: decision.document };
    const change = { type: SHARING_REQUEST_GRANTED, ifMatch, ...ground };
    return this.requests.alter(author, id, change, async (before) => {
      requireOpen(before);
      const { validUntil } = before;
      if (validUntil < this.clock.today()) throw registryProblem('sharing-request-past', { validUntil });
      await this.decide(id, 'granted', decision);
      await this.grants.begin(author, before, ground);
    });
  }

  private async decide(id: string, state: 'granted' | 'refused', decision: SharingDecision): Promise<void> {
    await this.transactions.manager.query(
      'UPDATE sharing_request SET state = $2, decided_at = $3, decision = $4 WHERE id = $1',
      [id, state, this.clock.now(), decision],
    );
  }

  private async requireProvider(actor: Actor, id: string): Promise<SharingRequestState> {
    const request = await this.requests.readVisible(actor, id);
    if (!speaksFor(actor, request.provider.code)) throw problem('other-agency');
    return request;
  }

  private checkDays({ validFrom, validUntil }: NewRequest): void {
    const today = this.clock.today();
    if (validFrom < today)
      throw fieldProblem({ field: 'validFrom', code: 'too-small', parameters: { min: today } });
    if (validUntil < validFrom)
      throw fieldProblem({ field: 'validUntil', code: 'too-small', parameters: { min: validFrom } });
  }
}

function requireOpen({ state }: SharingRequestState): void {
  if (state !== 'submitted') throw registryProblem('sharing-request-decided', { state });
}

/** In alphabetical order; null when that is every field. */
function fieldsOf(dataset: SharingDatasetState, asked: readonly string[] | null): string[] | null {
  if (asked === null) return null;
  const known = new Set(dataset.fields.map(({ name }) => name));
  const strange = asked.findIndex((name) => !known.has(name));
  if (strange >= 0) {
    throw fieldProblem({
      field: `fields[${strange}]`,
      code: 'unknown-field-of-dataset',
      texts: {
        vi: `Bộ dữ liệu "${dataset.code}" không có trường "${asked[strange] ?? ''}".`,
        en: `The dataset "${dataset.code}" has no field "${asked[strange] ?? ''}".`,
      },
    });
  }
  return asked.length === known.size ? null : [...asked].sort();
}
