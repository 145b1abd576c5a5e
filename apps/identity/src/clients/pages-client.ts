import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { IDENTITY_CONFIG, type IdentityConfig } from '../config.js';
import { make } from '../fields.js';
import { Client } from './client.entity.js';

export const PAGES_CLIENT_ID = 'registry-pages';

/**
 * The client of the registry's own pages. It is made at the first start that names their address, in an installation
 * that is older than the pages, too. Its addresses follow the setting; all else stays as an administrator left it.
 */
@Injectable()
export class PagesClient implements OnModuleInit {
  private readonly logger = new Logger('PagesClient');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const { registryUrl } = this.config;
    if (registryUrl === null) return;
    const addresses = addressesOf(registryUrl);
    await this.transactions.run(async (manager) => {
      const now = this.clock.now();
      await manager
        .createQueryBuilder()
        .insert()
        .into(Client)
        .values(pagesClient(addresses, now))
        .orIgnore()
        .execute();
      const client = await manager.findOneOrFail(Client, {
        where: { id: PAGES_CLIENT_ID },
        lock: { mode: 'pessimistic_write' },
      });
      if (client.redirectUris.join() === addresses.join()) return;
      Object.assign(client, { redirectUris: addresses, postLogoutRedirectUris: addresses, updatedAt: now });
      client.version += 1;
      await manager.save(client);
      this.logger.log(`people of "${PAGES_CLIENT_ID}" come back to ${addresses.join(', ')}`);
    });
  }
}

/** Where people come back to after login and logout. This machine has two names; people use either. */
function addressesOf(registryUrl: string): string[] {
  const loopback = /^http:\/\/127\.0\.0\.1(?=[:/]|$)/;
  const names = loopback.test(registryUrl)
    ? [registryUrl, registryUrl.replace(loopback, 'http://localhost')]
    : [registryUrl];
  return names.map((name) => `${name}/exchange-log/`);
}

function pagesClient(addresses: string[], now: Date): Client {
  return make(Client, {
    id: PAGES_CLIENT_ID,
    name: 'Nhật ký trao đổi dữ liệu',
    kind: 'browser',
    agency: null,
    scopes: ['registry:read', 'sharing:request', 'sharing:decide'],
    redirectUris: addresses,
    postLogoutRedirectUris: addresses,
    firstParty: true,
    secretHash: null,
    disabledAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}
