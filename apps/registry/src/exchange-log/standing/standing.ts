import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { addDays, Clock } from '#libs/calendar';
import {
  changedFields,
  EXCHANGE_STANDING,
  EXCHANGE_STANDING_CHANGED,
  EXCHANGE_STANDING_ID,
  type ExchangeCount,
  type ExchangeStandingState,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { ChainReader } from '../chain/chain-reader.js';
import { Sealer } from '../chain/sealer.js';

/** Least time between two events, milliseconds. */
const PAUSE = 10_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS = 48;
const DAYS = 7;

const TOLD = `
  SELECT version, told, verified_at AS "verifiedAt", fault, told_at > $1 AS "isFresh"
  FROM exchange_standing FOR UPDATE SKIP LOCKED`;
const FIVE_MINUTES = `
  SELECT step AS "from", messages AS count FROM exchange_recent
  WHERE kind = 'delivery' AND step > $1 ORDER BY step`;
const PER_HOUR = `
  SELECT hour AS "from", sum(messages) AS count FROM exchange_count
  WHERE kind = 'delivery' AND hour > $1 GROUP BY hour ORDER BY hour`;
const DENIED = `
  SELECT to_char(hour AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') AS day, sum(messages) AS count
  FROM exchange_count
  WHERE kind = 'denial' AND hour >= ($1::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') GROUP BY 1 ORDER BY 1`;

type Figures = Omit<ExchangeStandingState, 'id' | 'version'>;

interface Told {
  version: number;
  told: ExchangeStandingState | null;
  verifiedAt: Date | null;
  fault: string | null;
  isFresh: boolean;
}

/**
 * Tells on the bus how the log stands. With the end of the chain in it, which others keep: records that are cut off
 * later are missed outside of this service, too.
 */
@Injectable()
export class Standing implements OnModuleInit {
  private readonly logger = new Logger('ExchangeLog');
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly chain: ChainReader,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly sealer: Sealer,
  ) {}

  /** While things happen it is told as often as it may be; the end of it, and what was verified, with the rounds. */
  onModuleInit(): void {
    this.sealer.onSealed(() => {
      if (performance.now() - this.toldAt < PAUSE) return;
      this.toldAt = performance.now();
      this.tell().catch((error: unknown) => {
        this.logger.warn(`the standing of the exchange log was not told: ${(error as Error).message}`);
      });
    });
  }

  /** Tells what has changed, not more often than every 10 seconds over all replicas. */
  tell(): Promise<void> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const [before] = await manager.query<Told[]>(TOLD, [new Date(now.getTime() - PAUSE)]);
      if (!before || before.isFresh) return;
      const version = before.version + 1;
      const state = { id: EXCHANGE_STANDING_ID, version, ...(await this.figures(before, now)) };
      const changed = before.told ? changedFields(before.told, state) : [];
      if (before.told && changed.length === 0) return;
      this.outbox.append({
        aggregate: EXCHANGE_STANDING,
        aggregateId: EXCHANGE_STANDING_ID,
        sequence: version,
        type: EXCHANGE_STANDING_CHANGED,
        state,
        changed,
      });
      await manager.query('UPDATE exchange_standing SET version = $1, told = $2, told_at = $3', [
        version,
        JSON.stringify(state),
        now,
      ]);
      await manager.query('DELETE FROM exchange_recent WHERE step < $1', [
        new Date(now.getTime() - 2 * HOUR),
      ]);
    });
  }

  private async figures({ verifiedAt, fault }: Told, now: Date): Promise<Figures> {
    const ago = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
    const { sequence, hash } = await this.chain.end();
    const denied = await this.query<{ day: string; count: string }>(
      DENIED,
      addDays(this.clock.today(), 1 - DAYS),
    );
    return {
      fiveMinutes: counts(await this.query<CountRow>(FIVE_MINUTES, ago(HOUR + 5 * MINUTE))),
      hours: counts(await this.query<CountRow>(PER_HOUR, ago(HOURS * HOUR))),
      denied: denied.map(({ day, count }) => ({ day, count: Number(count) })),
      chain: {
        verifiedAt: verifiedAt?.toISOString() ?? null,
        ok: verifiedAt && fault === null,
        head: sequence === 0 ? null : { sequence, digest: hash },
      },
    };
  }

  private query<Row extends object>(text: string, parameter: unknown): Promise<Row[]> {
    return this.transactions.manager.query<Row[]>(text, [parameter]);
  }
}

interface CountRow {
  from: Date;
  count: string;
}

function counts(rows: readonly CountRow[]): ExchangeCount[] {
  return rows.map(({ from, count }) => ({ from: from.toISOString(), count: Number(count) }));
}
