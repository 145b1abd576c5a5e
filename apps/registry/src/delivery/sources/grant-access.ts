import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, type SharingMethod } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { type LiveGrant, LiveGrants } from '../../sharing/grants/live-grants.js';
import { deliveryProblem } from '../problems.js';
import { DenialBook } from './denial-book.js';

interface GrantRow {
  receiver: string;
  provider: string;
  datasetCode: string;
  state: string;
  method: SharingMethod;
  validFrom: string;
  validUntil: string;
}

/** What somebody wants of a grant. */
export interface Attempt {
  actor: Actor;
  grantId: string;
  /** Method and address, for the exchange log. */
  attempted: string;
}

/** Who gets the data of a grant: its receiver, while it is in force, in the agreed way. Every denial is recorded. */
@Injectable()
export class GrantAccess {
  constructor(
    private readonly grants: LiveGrants,
    private readonly transactions: TransactionScope,
    private readonly denials: DenialBook,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `grant-suspended`, `grant-withdrawn`, `grant-outside-its-days`, `grant-other-method` */
  async live(attempt: Attempt, methods: readonly SharingMethod[]): Promise<LiveGrant> {
    const row = await this.ofReceiver(attempt);
    const grant = await this.grants.find(attempt.grantId);
    if (!grant) return this.refuse(attempt, row);
    if (!methods.includes(grant.method)) {
      await this.deny(attempt, `the grant is for ${grant.method}`, row);
      throw deliveryProblem('grant-other-method', { method: grant.method });
    }
    return grant;
  }

  /** For what the receiver may see and end at all times. @throws problem `not-found`, `other-agency` */
  async ofReceiver(attempt: Attempt): Promise<GrantRow> {
    const row = await this.read(attempt.grantId);
    if (!row) {
      await this.deny(attempt, 'there is no such grant', null);
      throw problem('not-found');
    }
    if (attempt.actor.agency !== row.receiver) {
      await this.deny(attempt, 'the grant is for another agency', row);
      throw problem('other-agency');
    }
    return row;
  }

  /** For a grant that ended while somebody was about to be answered by it. @throws as {@link live} */
  async ended(attempt: Attempt): Promise<never> {
    return this.refuse(attempt, await this.ofReceiver(attempt));
  }

  private async refuse(attempt: Attempt, row: GrantRow): Promise<never> {
    const { state, validFrom: from, validUntil: until } = row;
    const byState = state === 'suspended' || state === 'withdrawn';
    await this.deny(attempt, byState ? `the grant is ${state}` : 'outside the days of the grant', row);
    throw byState
      ? deliveryProblem(`grant-${state}`)
      : deliveryProblem('grant-outside-its-days', { from, until });
  }

  private async read(id: string): Promise<GrantRow | null> {
    const [row] = await this.transactions.manager.query<GrantRow[]>(
      `SELECT g.receiver, g.provider, dataset.code AS "datasetCode", g.state, g.method,
         g.valid_from::text AS "validFrom", g.valid_until::text AS "validUntil"
       FROM sharing_grant g JOIN sharing_dataset dataset ON dataset.id = g.dataset_id WHERE g.id = $1`,
      [id],
    );
    return row ?? null;
  }

  private deny({ actor, grantId, attempted }: Attempt, why: string, row: GrantRow | null): Promise<void> {
    return this.denials.record({
      who: { agency: actor.agency, grantId, credential: actor.clientId },
      channel: 'http',
      attempted,
      why,
      count: 1,
      provider: row?.provider ?? null,
      datasetCode: row?.datasetCode ?? null,
    });
  }
}
