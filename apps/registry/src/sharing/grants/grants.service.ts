import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  SHARING_GRANT_GRANTED,
  SHARING_GRANT_RENEWED,
  SHARING_GRANT_RESUMED,
  SHARING_GRANT_SUSPENDED,
  SHARING_GRANT_WITHDRAWN,
  sharingGrantStanding,
  type SharingGrantState,
  type SharingGrantStatus,
  type SharingRequestState,
} from '#libs/contracts';
import type { Author, Ground } from '#libs/history';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { speaksFor } from '../../access/registry-access.js';
import { registryProblem } from '../../problems.js';
import { AnswerTimes } from '../answer-times.js';
import { DatasetStore } from '../datasets/dataset.store.js';
import { SharingAgencies } from '../sharing-agencies.js';
import { GRANT_TRANSITIONS } from './grant-transitions.js';
import { GrantStore } from './grant.store.js';
import { LiveGrants } from './live-grants.js';

/** Why a grant is stopped. */
export interface Stop {
  reason: string;
  legalGround: string | null;
  document: string | null;
}

/** What became of requests that were granted; every change takes effect on delivery at once. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly grants: GrantStore,
    private readonly datasets: DatasetStore,
    private readonly agencies: SharingAgencies,
    private readonly live: LiveGrants,
    private readonly times: AnswerTimes,
    private readonly clock: Clock,
  ) {}

  /** The grant of a request, with what was granted of it, in the transaction of its decision. */
  async begin(author: Author, request: SharingRequestState, ground: Ground): Promise<SharingGrantState> {
    const { dataset, provider, requester, purpose, fields, method, frequency, validFrom, validUntil } =
      request;
    const id = uuidv7();
    const view = fields && viewOf(dataset.code, fields);
    const today = this.clock.today();
    // Nothing is opened before the first day.
    const openingDueOn = this.times.openingDueOn(validFrom < today ? today : validFrom);
    await this.transactions.manager.query(
      `INSERT INTO sharing_grant (id, version, request_id, dataset_id, receiver, provider, purpose, fields, view, method,
         frequency, valid_from, valid_until, state, state_at, opening_due_on)
       VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'active', $13, $14)`,
      [
        id,
        request.id,
        dataset.id,
        requester.code,
        provider.code,
        purpose,
        fields,
        view,
        method,
        frequency,
        validFrom,
        validUntil,
        this.clock.now(),
        openingDueOn,
      ],
    );
    this.live.changed();
    return this.grants.added(author, id, { type: SHARING_GRANT_GRANTED, ...ground });
  }

  /**
   * A later end. The agency that shares decides; of what must be shared the receiver takes it itself.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `grant-step-not-allowed`, `validation-failed`
   */
  renew(
    actor: Actor,
    id: string,
    { validUntil, document }: { validUntil: string; document: string | null },
    ifMatch: number | undefined,
  ): Promise<SharingGrantState> {
    const change = { type: SHARING_GRANT_RENEWED, ifMatch, document };
    return this.alter(actor, id, change, async (before, manager) => {
      if (!(await this.mayTake(actor, before))) requireProvider(actor, before);
      this.refuseOver(before);
      if (validUntil <= before.validUntil) {
        const parameters = { min: before.validUntil };
        throw fieldProblem({ field: 'validUntil', code: 'too-small', parameters });
      }
      await manager.query('UPDATE sharing_grant SET valid_until = $2 WHERE id = $1', [id, validUntil]);
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `grant-step-not-allowed`, `validation-failed` */
  suspend(actor: Actor, id: string, stop: Stop, ifMatch: number | undefined): Promise<SharingGrantState> {
    const change = { type: SHARING_GRANT_SUSPENDED, ifMatch, note: stop.reason, document: stop.document };
    return this.alter(actor, id, change, (before, manager) => {
      requireProvider(actor, before);
      return this.pass(manager, before, 'suspended', requireGround(stop));
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `grant-step-not-allowed` */
  resume(actor: Actor, id: string, ground: Ground, ifMatch: number | undefined): Promise<SharingGrantState> {
    return this.alter(actor, id, { type: SHARING_GRANT_RESUMED, ifMatch, ...ground }, (before, manager) => {
      requireProvider(actor, before);
      return this.pass(manager, before, 'active', null);
    });
  }

  /**
   * Ends a grant for good: the agency that shares gives reason and legal ground, the receiver only says why it needs the
   * data no longer.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `grant-step-not-allowed`, `validation-failed`
   */
  withdraw(actor: Actor, id: string, stop: Stop, ifMatch: number | undefined): Promise<SharingGrantState> {
    const change = { type: SHARING_GRANT_WITHDRAWN, ifMatch, note: stop.reason, document: stop.document };
    return this.alter(actor, id, change, (before, manager) => {
      const isReceiver = isReceiving(actor, before);
      if (!isReceiver) requireProvider(actor, before);
      return this.pass(manager, before, 'withdrawn', isReceiver ? stop : requireGround(stop));
    });
  }

  /** Of an aggregate that the caller may see; those who deliver hear of the change after its commit. */
  private async alter(
    actor: Actor,
    id: string,
    change: Parameters<GrantStore['alter']>[2],
    work: (before: SharingGrantState, manager: EntityManager) => Promise<void>,
  ): Promise<SharingGrantState> {
    await this.grants.readVisible(actor, id);
    return this.transactions.run(async () => {
      this.live.changed();
      return this.grants.alter(actor, id, change, work);
    });
  }

  private async pass(
    manager: EntityManager,
    before: SharingGrantState,
    to: SharingGrantStatus,
    stop: Stop | null,
  ): Promise<void> {
    this.refuseOver(before);
    if (!GRANT_TRANSITIONS[before.state].includes(to)) {
      throw registryProblem('grant-step-not-allowed', { state: before.state });
    }
    await manager.query(
      `UPDATE sharing_grant SET state = $2, state_reason = $3, state_legal_ground = $4, state_at = $5 WHERE id = $1`,
      [before.id, to, stop?.reason ?? null, stop?.legalGround ?? null, this.clock.now()],
    );
  }

  private refuseOver(grant: SharingGrantState): void {
    const standing = sharingGrantStanding(grant, this.clock.today());
    if (standing === 'ended' || standing === 'withdrawn') {
      throw registryProblem('grant-step-not-allowed', { state: standing });
    }
  }

  /** Whether the caller is the receiver of data that must be shared with it. */
  private async mayTake(actor: Actor, grant: SharingGrantState): Promise<boolean> {
    if (!isReceiving(actor, grant) || !this.agencies.isPublic(grant.receiver.code ?? '')) return false;
    const { access, state } = await this.datasets.read(grant.dataset.id);
    return access === 'mandatory' && state === 'open';
  }
}

function isReceiving(actor: Actor, { receiver }: SharingGrantState): boolean {
  return speaksFor(actor, receiver.code) && actor.has('sharing:request');
}

function requireProvider(actor: Actor, { provider }: SharingGrantState): void {
  if (!speaksFor(actor, provider.code)) throw problem('other-agency');
  // Some steps are open to receivers, too, whose scope lets them in.
  if (!actor.has('sharing:decide')) throw problem('insufficient-scope', { scope: 'sharing:decide' });
}

function requireGround(stop: Stop): Stop {
  if (stop.legalGround === null) throw fieldProblem({ field: 'legalGround', code: 'required' });
  return stop;
}

/** The same for all grants of the same fields of a dataset, which one filtered feed serves. */
function viewOf(datasetCode: string, fields: readonly string[]): string {
  return createHash('sha256')
    .update([datasetCode, ...fields].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
