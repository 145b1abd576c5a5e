import { Injectable, Logger } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { LoginAttempts } from './login-attempts.js';
import { LONGEST_PASSWORD, normalise, Passwords } from './passwords.js';
import { USERNAME } from './person.dto.js';
import { Person } from './person.entity.js';

export type LoginOutcome =
  { kind: 'in'; person: Person } | { kind: 'wrong' } | { kind: 'locked'; until: Date };

/** Checks a username and password, and tells the caller no more than whether they fit. */
@Injectable()
export class Authentication {
  private readonly logger = new Logger('Login');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
  ) {}

  /**
   * A wrong name, a wrong password and a disabled person are the same outcome, take the same time and lock alike:
   * from the 5th failure the name is locked for a growing time (1 minute to 1 hour), the right password included.
   */
  async login(typedUsername: string, password: string): Promise<LoginOutcome> {
    const username = typedUsername.trim().normalize('NFC').toLowerCase();
    if (!USERNAME.test(username) || password === '' || normalise(password).length > LONGEST_PASSWORD) {
      // Nobody can have these; they need not fill the table of attempts.
      return { kind: 'wrong' };
    }
    const person = await this.transactions.manager.findOneBy(Person, { username });
    // Not the name as typed: it happens that people type their password there.
    const known = person?.id ?? null;
    const attempt = await this.attempts.begin(username);
    if (!attempt.allowed) {
      this.logger.warn({ message: 'login refused: locked', person: known });
      return { kind: 'locked', until: attempt.lockedUntil };
    }
    const fits = await this.passwords.verify(person?.passwordHash, password);
    if (person && fits && person.disabledAt === null) {
      await this.attempts.clear(username);
      this.logger.log({ message: 'login', person: known });
      return { kind: 'in', person };
    }
    this.logger.warn({ message: 'login refused: wrong', person: known });
    return attempt.lockedAfter ? { kind: 'locked', until: attempt.lockedAfter } : { kind: 'wrong' };
  }
}
