import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ChainCheck, type ChainFault, type ChainWalk } from '../chain/chain-check.js';
import { type ChainEnd, ChainReader } from '../chain/chain-reader.js';

/** Time of one round, milliseconds: verifying never takes the processor from those who wait. */
const ROUND_MILLISECONDS = 500;
/** From the end of one walk along the chain to the beginning of the next, milliseconds. */
const REST_MILLISECONDS = 600_000;

/**
 * Verifies the whole chain over and over, slowly. What it remembers of the end of the chain is outside of the database:
 * records that vanish from the end are noticed, too.
 */
@Injectable()
export class SelfCheck {
  private readonly logger = new Logger('ExchangeLog');
  private walk: ChainWalk | null = null;
  private startedAt: Date;
  private restUntil = Number.NEGATIVE_INFINITY;
  private known: ChainEnd | null = null;

  constructor(
    private readonly check: ChainCheck,
    private readonly chain: ChainReader,
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Goes on where the last round stopped. */
  async round(): Promise<void> {
    const started = performance.now();
    if (started < this.restUntil) return;
    while (performance.now() - started < ROUND_MILLISECONDS) if (await this.step()) return;
  }

  /** Verifies the chain as it is now, to its end. */
  async whole(): Promise<void> {
    this.walk = null;
    while (!(await this.step()));
  }

  /** @returns whether the walk has ended */
  private async step(): Promise<boolean> {
    this.walk ??= await this.begin();
    const fault = (await this.cutOff(this.walk.end)) ?? (this.walk.done ? null : await this.walk.next());
    if (!fault && !this.walk.done) return false;
    if (!fault) this.known = this.walk.end;
    await this.note(fault);
    this.walk = null;
    this.restUntil = performance.now() + REST_MILLISECONDS;
    return true;
  }

  private begin(): Promise<ChainWalk> {
    this.startedAt = this.clock.now();
    return this.check.begin();
  }

  /** Whether the chain no longer holds the end that an earlier walk verified. */
  private async cutOff(end: ChainEnd): Promise<ChainFault | null> {
    if (!this.known || this.known.sequence === 0) return null;
    const { sequence, hash, log } = this.known;
    if (end.sequence < sequence || end.log !== log) return { sequence: end.sequence + 1, what: 'cut-off' };
    if ((await this.chain.anchor(log)).sequence >= sequence) return null;
    const found = await this.chain.hashAt(sequence, log).catch(() => null);
    return found === hash ? null : { sequence, what: found === null ? 'missing' : 'altered' };
  }

  /** A fault stays until a walk that began after it was found has found none. */
  private async note(fault: ChainFault | null): Promise<void> {
    if (fault) this.logger.error(`the exchange log does not hold: record ${fault.sequence} ${fault.what}`);
    await this.transactions.run(async (manager) => {
      if (fault) {
        await manager.query('UPDATE exchange_standing SET verified_at = $1, fault = $2, fault_at = $1', [
          this.clock.now(),
          `${fault.what} ${fault.sequence}`,
        ]);
        return;
      }
      await manager.query(
        `UPDATE exchange_standing SET verified_at = $1,
           fault = CASE WHEN fault_at > $2 THEN fault END, fault_at = CASE WHEN fault_at > $2 THEN fault_at END`,
        [this.clock.now(), this.startedAt],
      );
    });
  }
}
