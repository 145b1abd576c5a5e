import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';

/** Wrong passwords in a row before a name is locked. */
const FREE_FAILURES = 5;
const FIRST_LOCK_MILLISECONDS = 60_000;
const LONGEST_LOCK_MILLISECONDS = 60 * 60_000;
/** After a day without an attempt the count starts again. */
const FORGET_MILLISECONDS = 24 * 60 * 60_000;

/** Kept by name, not by person: names that nobody has are locked too, or the lock would tell which ones exist. */
@Entity('login_attempts')
export class LoginAttempt {
  @PrimaryColumn('text')
  username: string;

  @Column('integer')
  failures: number;

  @Column('timestamptz', { name: 'last_attempt_at' })
  lastAttemptAt: Date;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil: Date | null;
}

/** Time a name stays locked after so many failures: 1 minute after the 5th, twice as long after each more, up to 1 hour. */
export function lockMilliseconds(failures: number): number {
  if (failures < FREE_FAILURES) {
    return 0;
  }
  return Math.min(FIRST_LOCK_MILLISECONDS * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_MILLISECONDS);
}

export type AttemptOutcome =
  { allowed: true; lockedAfter: Date | null } | { allowed: false; lockedUntil: Date };

@Injectable()
export class LoginAttempts {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt as failed before its password is looked at, so that a hundred attempts at the same moment are
   * still only five guesses; {@link clear} takes it back. `lockedAfter` says until when the name is locked if it fails.
   */
  begin(username: string): Promise<AttemptOutcome> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      await manager.query(
        `INSERT INTO login_attempts (username, failures, last_attempt_at) VALUES ($1, 0, $2)
         ON CONFLICT (username) DO NOTHING`,
        [username, now],
      );
      const attempt = await manager.findOneOrFail(LoginAttempt, {
        where: { username },
        lock: { mode: 'pessimistic_write' },
      });
      if (attempt.lockedUntil && attempt.lockedUntil > now) {
        return { allowed: false, lockedUntil: attempt.lockedUntil };
      }
      const forgotten = now.getTime() - attempt.lastAttemptAt.getTime() > FORGET_MILLISECONDS;
      const failures = forgotten ? 1 : attempt.failures + 1;
      const lock = lockMilliseconds(failures);
      const lockedUntil = lock === 0 ? null : new Date(now.getTime() + lock);
      await manager.update(LoginAttempt, { username }, { failures, lastAttemptAt: now, lockedUntil });
      return { allowed: true, lockedAfter: lockedUntil };
    });
  }

  async clear(username: string): Promise<void> {
    await this.transactions.run((manager) => manager.delete(LoginAttempt, { username }));
  }

  async dropForgotten(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - FORGET_MILLISECONDS);
    await this.transactions.run((manager) =>
      manager.query('DELETE FROM login_attempts WHERE last_attempt_at < $1', [before]),
    );
  }
}
