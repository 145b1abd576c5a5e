import { Injectable, Logger } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { assertVersion, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { make, withoutUndefined } from '../fields.js';
import { identityProblem } from '../problems.js';
import { ProtocolRecords } from '../records/protocol-records.js';
import { LoginAttempt, LoginAttempts } from './login-attempts.js';
import { newPassword, Passwords } from './passwords.js';
import type { NewPassword, NewPerson, PersonChanges, PersonQuery } from './person.dto.js';
import { Person } from './person.entity.js';

export interface PersonWithPassword {
  person: Person;
  /** Made by the system and shown this once; null when it was given. */
  password: string | null;
}

/** One advisory lock for all changes that might take away the last administrator. */
const ADMINISTRATORS_LOCK = 727_101;

@Injectable()
export class PeopleService {
  private readonly logger = new Logger('People');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly records: ProtocolRecords,
    private readonly clock: Clock,
  ) {}

  /** Throws 409 `username-taken`. */
  async create(input: NewPerson, by: Pick<Actor, 'subject'>): Promise<PersonWithPassword> {
    const made = input.password === undefined ? newPassword() : null;
    const now = this.clock.now();
    const person = make(Person, {
      id: uuidv7(),
      username: input.username,
      passwordHash: await this.passwords.hash(input.password ?? made ?? ''),
      passwordChangedAt: now,
      passwordTemporary: input.temporary,
      agency: input.agency,
      scopes: input.scopes,
      disabledAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    const result = await this.transactions.run((manager) =>
      manager.createQueryBuilder().insert().into(Person).values(person).orIgnore().returning('id').execute(),
    );
    if ((result.raw as unknown[]).length === 0) {
      throw identityProblem('username-taken', { username: input.username });
    }
    this.tell('person created', person, by);
    return { person, password: made };
  }

  /** By username, with the time until which each is locked. */
  async list(query: PersonQuery): Promise<{ page: Page<Person>; lockedUntil: ReadonlyMap<string, Date> }> {
    const after = decodeCursor<[string]>(query.cursor, query, ['text'])?.[0] ?? '';
    const rows = await this.manager
      .createQueryBuilder(Person, 'person')
      .where('person.username COLLATE "C" > :after', { after })
      .orderBy('person.username COLLATE "C"')
      .limit(query.limit + 1)
      .getMany();
    const page = toPage(rows, query.limit, (person) => [person.username], query);
    return { page, lockedUntil: await this.locksOf(page.items) };
  }

  async get(id: string): Promise<Person> {
    return (await this.manager.findOneBy(Person, { id })) ?? fail();
  }

  /** The person who may be logged in; null when there is none of that id, or disabled. */
  async findActive(id: string): Promise<Person | null> {
    const person = await this.manager.findOneBy(Person, { id });
    return person?.disabledAt ? null : person;
  }

  async lockOf(person: Person): Promise<Date | null> {
    return (await this.locksOf([person])).get(person.username) ?? null;
  }

  /** Tokens already handed out keep their scopes until they expire, an hour at most. */
  change(id: string, changes: PersonChanges, ifMatch: number | undefined, by: Actor): Promise<Person> {
    return this.changeLocked(id, ifMatch, by, 'person changed', (person) => {
      Object.assign(person, withoutUndefined(changes));
    });
  }

  /** Ends all sessions and refresh tokens. Throws 409 `last-administrator`. */
  disable(id: string, by: Actor): Promise<Person> {
    return this.changeLocked(id, undefined, by, 'person disabled', async (person) => {
      person.disabledAt ??= this.clock.now();
      await this.records.removeByAccount(id);
    });
  }

  enable(id: string, by: Actor): Promise<Person> {
    return this.changeLocked(id, undefined, by, 'person enabled', (person) => {
      person.disabledAt = null;
    });
  }

  /** Sets a password, ends all sessions, and lifts the lock of wrong attempts. */
  async resetPassword(id: string, input: NewPassword, by: Actor): Promise<PersonWithPassword> {
    const made = input.password === undefined ? newPassword() : null;
    // Outside the transaction: hashing takes long on purpose.
    const passwordHash = await this.passwords.hash(input.password ?? made ?? '');
    const person = await this.changeLocked(id, undefined, by, 'password reset', async (changed) => {
      this.setPassword(changed, passwordHash, input.temporary);
      await this.attempts.clear(changed.username);
      await this.records.removeByAccount(id);
    });
    return { person, password: made };
  }

  /** The person's own choice. Ends all sessions but the one in which it was made. */
  async choosePassword(id: string, password: string, sessionUid: string | undefined): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.changeLocked(id, undefined, { subject: id }, 'password chosen', async (changed) => {
      this.setPassword(changed, passwordHash, false);
      await this.records.removeByAccount(id, { exceptLoginAndSession: sessionUid });
    });
  }

  private setPassword(person: Person, passwordHash: string, temporary: boolean): void {
    person.passwordHash = passwordHash;
    person.passwordChangedAt = this.clock.now();
    person.passwordTemporary = temporary;
  }

  private changeLocked(
    id: string,
    ifMatch: number | undefined,
    by: Pick<Actor, 'subject'>,
    what: string,
    work: (person: Person) => void | Promise<void>,
  ): Promise<Person> {
    return this.transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ADMINISTRATORS_LOCK]);
      const person = (await manager.findOneBy(Person, { id })) ?? fail();
      assertVersion(person.version, ifMatch);
      const wasAdministrator = isAdministrator(person);
      await work(person);
      if (wasAdministrator && !isAdministrator(person)) {
        await assertAnotherAdministrator(manager, id);
      }
      person.version += 1;
      person.updatedAt = this.clock.now();
      await manager.save(person);
      this.transactions.afterCommit(() => {
        this.tell(what, person, by);
      });
      return person;
    });
  }

  private async locksOf(people: readonly Person[]): Promise<ReadonlyMap<string, Date>> {
    const now = this.clock.now();
    const attempts = await this.manager.findBy(LoginAttempt, {
      username: In(people.map((person) => person.username)),
    });
    const locked = attempts.flatMap(({ username, lockedUntil }): [string, Date][] =>
      lockedUntil && lockedUntil > now ? [[username, lockedUntil]] : [],
    );
    return new Map(locked);
  }

  private tell(what: string, person: Person, by: Pick<Actor, 'subject'>): void {
    this.logger.log({ message: what, person: person.id, scopes: person.scopes.join(' '), by: by.subject });
  }

  private get manager(): EntityManager {
    return this.transactions.manager;
  }
}

function isAdministrator(person: Person): boolean {
  return person.disabledAt === null && person.scopes.includes('admin');
}

/** Otherwise nobody could let anybody in any more. */
async function assertAnotherAdministrator(manager: EntityManager, id: string): Promise<void> {
  const others = await manager
    .createQueryBuilder(Person, 'person')
    .where("person.id <> :id AND person.disabled_at IS NULL AND 'admin' = ANY(person.scopes)", { id })
    .getCount();
  if (others === 0) {
    throw identityProblem('last-administrator');
  }
}

function fail(): never {
  throw problem('not-found');
}
