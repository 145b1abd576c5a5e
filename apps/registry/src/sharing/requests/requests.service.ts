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
  type SharingDecision,
  type SharingMethod,
  type SharingRequestState,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { speaksFor } from '../../access/registry-access.js';
import { ExchangeLog } from '../../exchange-log/exchange-log.js';
import { registryProblem } from '../../problems.js';
import { AnswerTimes } from '../answer-times.js';
import { DatasetStore } from '../datasets/dataset.store.js';
import { GrantsService } from '../grants/grants.service.js';
import { SharingAgencies } from '../sharing-agencies.js';
import { grantedTerms, limitsOf, openFields, refusedPart } from './grant-limits.js';
import type { GrantLimitsBody } from './limit.requests.js';
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
  /** Earlier request whose answer this one objects to. */
  objectsTo: string | null;
}

/** How the agency that shares grants a request. */
export interface Granting {
  note: string | null;
  document: string | null;
  limits: GrantLimitsBody | null;
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
      await this.checkObjection(agency, request);
      const id = uuidv7();
      const now = this.clock.now();
      await manager.query(
        `INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, fields, quantity,
           valid_from, valid_until, frequency, method, contact, objects_to, state, submitted_at, due_on)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'submitted', $14, $15)`,
        [
          id,
          dataset.id,
          agency,
          request.purpose,
          request.legalGround,
          openFields(dataset, request.fields),
          request.quantity,
          request.validFrom,
          request.validUntil,
          request.frequency,
          request.method,
          request.contact,
          request.objectsTo,
          now,
          this.times.dueOn(dayOf(now)),
        ],
      );
      const submitted = await this.requests.added(actor, id, { type: SHARING_REQUEST_SUBMITTED });
      if (dataset.access !== 'mandatory' || !this.agencies.isPublic(agency)) return submitted;
      const { legalGround } = dataset;
      const decision = { reason: BY_LAW_REASON, legalGround, document: null, decidedBy: null, limits: null };
      return this.grantAs(BY_LAW, id, decision, undefined);
    });
  }

  /**
   * As it was asked, or within limits that say why. Who wants more than that objects by a new request.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `sharing-request-decided`, `sharing-request-past`,
   *   `validation-failed`
   */
  async grant(
    actor: Actor,
    id: string,
    { note, document, limits }: Granting,
    ifMatch: number | undefined,
  ): Promise<SharingRequestState> {
    const request = await this.requireProvider(actor, id);
    const { fields } = await this.datasets.read(request.dataset.id);
    const decision = {
      reason: note,
      legalGround: limits?.legalGround ?? null,
      document,
      decidedBy: request.provider,
      limits: limits && limitsOf(request, limits, fields, this.clock.today()),
    };
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
      await this.decide(id, 'refused', { ...refusal, decidedBy: provider, limits: null });
      this.recordRefusal(before, refusal);
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
      if (decision.limits) this.recordRefusal(before, { ...decision, reason: refusedPart(decision.limits) });
      const granted = { ...before, ...grantedTerms(before, decision.limits) };
      await this.grants.begin(author, granted, ground);
    });
  }

  /** The exchange log keeps every refusal, also that of a part. */
  private recordRefusal(
    { id, dataset, provider, requester }: SharingRequestState,
    { reason, legalGround, document }: Pick<SharingDecision, 'reason' | 'legalGround' | 'document'>,
  ): void {
    this.exchangeLog.refused({
      reason: reason ?? '',
      legalGround: legalGround ?? '',
      document,
      requestId: id,
      datasetCode: dataset.code,
      provider: provider.code ?? '',
      requester: requester.code ?? '',
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

  /** Only an answer of the own that was less than what was asked for can be objected to. */
  private async checkObjection(agency: string, { objectsTo, datasetId }: NewRequest): Promise<void> {
    if (objectsTo === null) return;
    const [earlier] = await this.requests.query('WHERE row.id = $1 AND row.requester = $2', [
      objectsTo,
      agency,
    ]);
    const isLess = earlier?.state === 'refused' || earlier?.decision?.limits != null;
    if (isLess && earlier.dataset.id === datasetId) return;
    throw fieldProblem({
      field: 'objectsTo',
      code: 'not-answered-with-less',
      texts: {
        vi: 'Chỉ khiếu nại được yêu cầu của chính cơ quan, về cùng bộ dữ liệu, đã bị từ chối hoặc chỉ được đáp ứng một phần.',
        en: 'Only an own request for the same dataset that was refused, or granted in part, can be objected to.',
      },
    });
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
