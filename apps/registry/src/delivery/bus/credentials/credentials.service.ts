import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { AGENCY_API_PREFIX, grantConsumer, problem } from '#libs/contracts';
import { History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { speaksFor } from '../../../access/registry-access.js';
import { registryProblem } from '../../../problems.js';
import { DatasetStore } from '../../../sharing/datasets/dataset.store.js';
import { Datasets } from '../../../sharing/datasets/datasets.js';
import { deliveryProblem } from '../../problems.js';
import { GrantAccess } from '../../sources/grant-access.js';
import { BUS_METHODS } from '../grants/bus-grants.js';
import { BusUsers } from './bus-users.js';
import { CredentialStore, type CredentialOwner, type CredentialState } from './credential.store.js';
import type { IssuedCredentialView } from './credential.view.js';
import { Revocations } from './revocations.js';

/** Under which the history of a grant's or dataset's users is kept, by the identifier of that grant or dataset. */
const HISTORY_OF = 'sharing-credential';

/** For whom a user is made. */
interface Holder {
  owner: CredentialOwner;
  name: string;
  agency: string;
  /** Last day, yyyy-MM-dd; null: as long as the setting allows. */
  lastDay: string | null;
}

/** Users of agencies on the bus: one for each grant, and one for a dataset that an agency publishes. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly access: GrantAccess,
    private readonly datasets: Datasets,
    private readonly datasetStore: DatasetStore,
    private readonly users: BusUsers,
    private readonly store: CredentialStore,
    private readonly revocations: Revocations,
    private readonly history: History,
  ) {}

  /**
   * A key that is in force for this grant already goes on with the grant's present last day: nothing is revoked.
   *
   * @param publicKey of the agency; undefined: a key pair is made, and its secret is in the answer, once
   * @throws those of GrantAccess; problem `invalid-bus-key`, `bus-key-taken`, `bus-not-configured`
   */
  async issueForGrant(actor: Actor, grantId: string, publicKey?: string): Promise<IssuedCredentialView> {
    const attempt = { actor, grantId, attempted: `POST /v1/grants/${grantId}/credentials` };
    await this.access.live(attempt, BUS_METHODS);
    return this.issue(actor, publicKey, async () => {
      await this.store.holdGrant(grantId);
      // Once more, now that it is held: a withdrawal was before and is seen here, or comes after and revokes this user.
      const { receiver, validUntil } = await this.access.live(attempt, BUS_METHODS);
      return {
        owner: { kind: 'grant', id: grantId },
        name: grantConsumer(grantId),
        agency: receiver,
        lastDay: validUntil,
      };
    });
  }

  /** @throws problem `not-found`, `other-agency`, `dataset-of-service`, `dataset-closed` and as {@link issueForGrant} */
  issueForDataset(actor: Actor, id: string, publicKey?: string): Promise<IssuedCredentialView> {
    return this.issue(actor, publicKey, async () => ({
      owner: { kind: 'dataset', id },
      name: `publisher-${await this.ownDataset(actor, id, true)}`,
      agency: actor.agency ?? '',
      lastDay: null,
    }));
  }

  async ofGrant(actor: Actor, grantId: string): Promise<CredentialState[]> {
    await this.access.ofReceiver({ actor, grantId, attempted: `GET /v1/grants/${grantId}/credentials` });
    return this.store.of({ kind: 'grant', id: grantId });
  }

  async ofDataset(actor: Actor, id: string): Promise<CredentialState[]> {
    await this.ownDataset(actor, id, false);
    return this.store.of({ kind: 'dataset', id });
  }

  /** @param holderOf is asked in the transaction in which the user is stored */
  private async issue(
    actor: Actor,
    sentKey: string | undefined,
    holderOf: () => Promise<Holder>,
  ): Promise<IssuedCredentialView> {
    if (sentKey !== undefined) await this.users.checkKey(sentKey);
    const made = sentKey === undefined ? await this.users.makeKey() : undefined;
    const publicKey = sentKey ?? made!.publicKey;
    return this.transactions.run(async () => {
      const { owner, name, agency, lastDay } = await holderOf();
      const expiresAt = this.users.expiry(lastDay);
      await this.keep(actor, owner, publicKey, expiresAt);
      const datasets = await this.datasets.ownOf(agency);
      const signed = await this.users.sign({ name, publicKey, expiresAt, datasets }, made?.seed);
      return {
        publicKey,
        user: name,
        inboxPrefix: `_INBOX.${name}`,
        apiPrefix: AGENCY_API_PREFIX,
        expiresAt: expiresAt.toISOString(),
        datasets,
        ...signed,
      };
    });
  }

  /** Inside `run`. @throws problem `bus-key-taken` */
  private async keep(
    actor: Actor,
    owner: CredentialOwner,
    publicKey: string,
    expiresAt: Date,
  ): Promise<void> {
    const outcome = await this.store.issue(owner, { publicKey, expiresAt, issuedTo: actor.clientId });
    if (outcome === 'refused') throw deliveryProblem('bus-key-taken');
    this.transactions.afterCommit(() => {
      void this.revocations.tellUntold();
    });
    if (outcome === 'unchanged') return;
    this.history.note({
      aggregate: HISTORY_OF,
      aggregateId: owner.id,
      version: await this.history.nextVersion(HISTORY_OF, owner.id),
      action: outcome,
      changed: outcome === 'issued' ? ['publicKey', 'expiresAt'] : ['expiresAt'],
      author: actor,
      note: `${publicKey}, ${expiresAt.toISOString()}`,
    });
  }

  /** @throws problem `not-found`, `other-agency`, `dataset-of-service` */
  ownDatasetCode(actor: Actor, id: string): Promise<string> {
    return this.ownDataset(actor, id, false);
  }

  private async ownDataset(actor: Actor, id: string, toPublish: boolean): Promise<string> {
    const { provider, service, state, code } = await this.datasetStore.read(id);
    if (!speaksFor(actor, provider.code)) throw problem('other-agency');
    if (service !== null) throw registryProblem('dataset-of-service', { code, service });
    if (toPublish && state === 'closed') throw registryProblem('dataset-closed', { code });
    return code;
  }
}
