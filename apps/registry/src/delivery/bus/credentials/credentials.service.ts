import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { AGENCY_API_PREFIX, grantConsumer, problem } from '#libs/contracts';
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
  ) {}

  /**
   * @param publicKey of the agency; undefined: a key pair is made, and its secret is in the answer, once
   * @throws those of GrantAccess; problem `invalid-bus-key`, `bus-key-taken`, `bus-not-configured`
   */
  async issueForGrant(actor: Actor, grantId: string, publicKey?: string): Promise<IssuedCredentialView> {
    const attempted = `POST /v1/grants/${grantId}/credentials`;
    const grant = await this.access.live({ actor, grantId, attempted }, BUS_METHODS);
    const holder = {
      owner: { kind: 'grant', id: grantId } as const,
      name: grantConsumer(grantId),
      agency: grant.receiver,
      lastDay: grant.validUntil,
    };
    return this.issue(actor, holder, publicKey);
  }

  /** @throws problem `not-found`, `other-agency`, `dataset-of-service`, `dataset-closed` and as {@link issueForGrant} */
  async issueForDataset(actor: Actor, id: string, publicKey?: string): Promise<IssuedCredentialView> {
    const code = await this.ownDataset(actor, id, true);
    const holder = {
      owner: { kind: 'dataset', id } as const,
      name: `publisher-${code}`,
      agency: actor.agency ?? '',
      lastDay: null,
    };
    return this.issue(actor, holder, publicKey);
  }

  async ofGrant(actor: Actor, grantId: string): Promise<CredentialState[]> {
    await this.access.ofReceiver({ actor, grantId, attempted: `GET /v1/grants/${grantId}/credentials` });
    return this.store.of({ kind: 'grant', id: grantId });
  }

  async ofDataset(actor: Actor, id: string): Promise<CredentialState[]> {
    await this.ownDataset(actor, id, false);
    return this.store.of({ kind: 'dataset', id });
  }

  private async issue(
    actor: Actor,
    { owner, name, agency, lastDay }: Holder,
    sentKey: string | undefined,
  ): Promise<IssuedCredentialView> {
    if (sentKey !== undefined) await this.users.checkKey(sentKey);
    const made = sentKey === undefined ? await this.users.makeKey() : undefined;
    const publicKey = sentKey ?? made!.publicKey;
    const expiresAt = this.users.expiry(lastDay);
    const datasets = await this.datasets.ownOf(agency);
    const signed = await this.users.sign({ name, publicKey, expiresAt, datasets }, made?.seed);
    await this.transactions.run(async () => {
      const isStored = await this.store.issue(owner, { publicKey, expiresAt, issuedTo: actor.clientId });
      if (!isStored) throw deliveryProblem('bus-key-taken');
      this.transactions.afterCommit(() => {
        void this.revocations.tellUntold();
      });
    });
    return {
      publicKey,
      user: name,
      inboxPrefix: `_INBOX.${name}`,
      apiPrefix: AGENCY_API_PREFIX,
      expiresAt: expiresAt.toISOString(),
      datasets,
      ...signed,
    };
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
