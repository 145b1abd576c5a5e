import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { assertVersion, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { IDENTITY_CONFIG, type IdentityConfig } from '../config.js';
import { make, withoutUndefined } from '../fields.js';
import { identityProblem } from '../problems.js';
import { ProtocolRecords } from '../records/protocol-records.js';
import { Client, SECRET_KINDS } from './client.entity.js';
import { hashClientSecret, newClientSecret } from './client-secret.js';
import { assertAddresses } from './addresses.js';
import type { ClientChanges, ClientQuery, NewClient } from './client.dto.js';
import { DEVELOPER_CLIENT_ID, developerClient } from './developer-client.js';

export interface ClientWithSecret {
  client: Client;
  /** Shown this once; only its hash is kept. Null for kinds without a secret. */
  secret: string | null;
}

@Injectable()
export class ClientsService {
  private readonly logger = new Logger('Clients');
  private readonly developer: Client | null;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly records: ProtocolRecords,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) config: IdentityConfig,
  ) {
    const secret = config.developerClientSecret;
    this.developer = secret === null ? null : developerClient(secret, clock.now());
    if (this.developer) {
      this.logger.warn(
        'the client "developer" may ask for any scope and agency; leave DEVELOPER_CLIENT_SECRET unset in production',
      );
    }
  }

  /** The client that may ask for tokens under this id; null when there is none or it is disabled. */
  async findActive(id: string): Promise<Client | null> {
    if (id === DEVELOPER_CLIENT_ID) {
      return this.developer;
    }
    const client = await this.manager.findOneBy(Client, { id });
    return client?.disabledAt ? null : client;
  }

  /** Throws 409 `client-id-taken`, 400 `validation-failed` when the addresses do not fit the kind. */
  async create(input: NewClient, by: Actor): Promise<ClientWithSecret> {
    assertAddresses(input);
    const secret = SECRET_KINDS.includes(input.kind) ? newClientSecret() : null;
    const now = this.clock.now();
    const client = make(Client, {
      id: input.id,
      name: input.name,
      kind: input.kind,
      agency: input.agency,
      scopes: input.scopes,
      redirectUris: input.redirectUris,
      postLogoutRedirectUris: input.postLogoutRedirectUris,
      firstParty: input.firstParty,
      secretHash: secret === null ? null : hashClientSecret(secret),
      disabledAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    const taken =
      input.id === DEVELOPER_CLIENT_ID ||
      !(await this.transactions.run((manager) => insertNew(manager, client)));
    if (taken) {
      throw identityProblem('client-id-taken', { id: input.id });
    }
    this.tell('client created', client, by);
    return { client, secret };
  }

  /** By id. */
  async list(query: ClientQuery): Promise<Page<Client>> {
    const after = decodeCursor<[string]>(query.cursor, query, ['text'])?.[0] ?? '';
    const rows = await this.manager
      .createQueryBuilder(Client, 'client')
      .where('client.id COLLATE "C" > :after', { after })
      .orderBy('client.id COLLATE "C"')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows, query.limit, (client) => [client.id], query);
  }

  async get(id: string): Promise<Client> {
    return (await this.manager.findOneBy(Client, { id })) ?? fail();
  }

  /** Tokens already handed out keep their scopes until they expire, an hour at most. */
  change(id: string, changes: ClientChanges, ifMatch: number | undefined, by: Actor): Promise<Client> {
    return this.changeLocked(id, ifMatch, by, 'client changed', (client) => {
      Object.assign(client, withoutUndefined(changes));
      assertAddresses(client);
    });
  }

  /** From now on it gets no token; its refresh tokens are void. Disabling a disabled one changes nothing. */
  async disable(id: string, by: Actor): Promise<Client> {
    return this.changeLocked(id, undefined, by, 'client disabled', async (client) => {
      client.disabledAt ??= this.clock.now();
      await this.records.removeByClient(id);
    });
  }

  enable(id: string, by: Actor): Promise<Client> {
    return this.changeLocked(id, undefined, by, 'client enabled', (client) => {
      client.disabledAt = null;
    });
  }

  /** A new secret; the old one is void at once. Throws 409 `client-has-no-secret`. */
  async renewSecret(id: string, by: Actor): Promise<ClientWithSecret> {
    const secret = newClientSecret();
    const client = await this.changeLocked(id, undefined, by, 'client secret renewed', (changed) => {
      if (changed.secretHash === null) {
        throw identityProblem('client-has-no-secret', { kind: changed.kind });
      }
      changed.secretHash = hashClientSecret(secret);
    });
    return { client, secret };
  }

  private changeLocked(
    id: string,
    ifMatch: number | undefined,
    by: Actor,
    what: string,
    work: (client: Client) => void | Promise<void>,
  ): Promise<Client> {
    return this.transactions.run(async (manager) => {
      const client =
        (await manager.findOne(Client, { where: { id }, lock: { mode: 'pessimistic_write' } })) ?? fail();
      assertVersion(client.version, ifMatch);
      await work(client);
      client.version += 1;
      client.updatedAt = this.clock.now();
      await manager.save(client);
      this.transactions.afterCommit(() => {
        this.tell(what, client, by);
      });
      return client;
    });
  }

  private tell(what: string, client: Client, by: Actor): void {
    this.logger.log({ message: what, client: client.id, scopes: client.scopes.join(' '), by: by.subject });
  }

  private get manager(): EntityManager {
    return this.transactions.manager;
  }
}

/** False when there is one of that id. */
async function insertNew(manager: EntityManager, client: Client): Promise<boolean> {
  const result = await manager
    .createQueryBuilder()
    .insert()
    .into(Client)
    .values(client)
    .orIgnore()
    .returning('id')
    .execute();
  return (result.raw as unknown[]).length === 1;
}

function fail(): never {
  throw problem('not-found');
}
