import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SCOPES } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Client } from '../clients/client.entity.js';
import { IDENTITY_CONFIG, type IdentityConfig } from '../config.js';
import { make } from '../fields.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './passwords.js';
import { PeopleService } from './people.service.js';
import { NewPerson } from './person.dto.js';
import { Person } from './person.entity.js';

export const FIRST_ADMINISTRATOR = 'admin';
/** Program on the administrator's own machine; answered at a loopback address of any port. */
export const ADMINISTRATION_CLIENT_ID = 'administration';
const REDIRECT_URI = 'http://127.0.0.1/callback';

/** Any number no other part of this database uses as an advisory lock. */
const FIRST_START_LOCK = 727_102;

/** Lets the first administrator in: with ADMIN_INITIAL_PASSWORD set, and nobody there yet. */
@Injectable()
export class FirstAdministrator implements OnModuleInit {
  private readonly logger = new Logger('FirstAdministrator');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly people: PeopleService,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) private readonly config: IdentityConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const password = this.config.administratorPassword;
    if (password === null) {
      return;
    }
    if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
      throw new Error(
        `ADMIN_INITIAL_PASSWORD must have ${String(SHORTEST_PASSWORD)} to ${String(LONGEST_PASSWORD)} characters.`,
      );
    }
    await this.transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [FIRST_START_LOCK]);
      if (await manager.exists(Person)) {
        return;
      }
      await this.people.create(
        make(NewPerson, {
          username: FIRST_ADMINISTRATOR,
          password,
          agency: null,
          scopes: ['admin'],
          temporary: true,
        }),
        { subject: 'first start' },
      );
      await manager
        .createQueryBuilder()
        .insert()
        .into(Client)
        .values(administrationClient(this.clock.now()))
        .orIgnore()
        .execute();
      this.logger.log(
        `created the person "${FIRST_ADMINISTRATOR}"; ADMIN_INITIAL_PASSWORD is not needed any more`,
      );
    });
  }
}

function administrationClient(now: Date): Client {
  return make(Client, {
    id: ADMINISTRATION_CLIENT_ID,
    name: 'Quản trị danh tính',
    kind: 'native',
    agency: null,
    scopes: [...SCOPES],
    redirectUris: [REDIRECT_URI],
    postLogoutRedirectUris: [],
    firstParty: true,
    secretHash: null,
    disabledAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}
