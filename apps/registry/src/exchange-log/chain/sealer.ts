import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import {
  type Checkpoint,
  FORMAT,
  type KeyChangeContent,
  type PendingContent,
  type SealedContent,
} from '../records.js';
import { ChainStore, type Head, type SealedRow } from './chain-store.js';
import { canonical, chainHash, checkpointLine, genesisHash, keyChangeStatement, sha256 } from './format.js';
import { type SigningKey, SigningKeys } from './signing-keys.js';

/** Time in which what comes together is sealed together, milliseconds. */
const GATHER_MILLISECONDS = 100;
/** Look at the table although nothing woke the sealer: what a replica left that ended between commit and seal. */
const POLL_MILLISECONDS = 2_000;
/** A checkpoint comes after so many records, or so long after the last one. */
const CHECKPOINT_RECORDS = 500;
const CHECKPOINT_MILLISECONDS = 2_000;

/** `busy`: another replica is sealing. `more`: it was too much for one transaction. */
export type SealOutcome = 'done' | 'more' | 'busy';

/**
 * Gives what waits its place in the chain, one at work at any time over all replicas: whoever holds the lock of the
 * chain's head. Every replica tries after its own commits, so that none has to take over from another.
 */
@Injectable()
export class Sealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ExchangeLog');
  private readonly stop = new AbortController();
  private finished: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;
  private woken = false;
  private readonly listeners: (() => void)[] = [];
  private signedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: ChainStore,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.finished = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.wake();
    await this.finished;
  }

  /** Says that there is something to seal; cheap, any number of times. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Calls back after the commit of each round in which this process sealed something. */
  onSealed(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Seals what waits now, not more than belongs into one transaction. */
  sealRound(): Promise<SealOutcome> {
    return this.transactions.run(async () => {
      const head = await this.store.lockHead(this.clock.now());
      if (!head) return 'busy';
      const change = await this.keyChange(head);
      const { waiting, more } = await this.store.pending();
      const rows = extend(head, change, waiting);
      if (change) this.store.announceKey(change, rows[0]!.content);
      const end = rows.at(-1);
      if (end) this.seal(rows, end);
      this.checkpoint(
        { ...head, key: change?.to ?? head.key },
        end?.content.sequence ?? head.sequence,
        end?.hash ?? head.hash,
      );
      return more ? 'more' : 'done';
    });
  }

  private seal(rows: readonly SealedRow[], end: SealedRow): void {
    this.store.seal(rows, end);
    this.transactions.afterCommit(() => {
      for (const listener of this.listeners) listener();
    });
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.untilWoken();
        if (!(await this.store.hasWork())) continue;
        await this.sealAll();
      } catch (error) {
        this.logger.warn(`sealing interrupted: ${(error as Error).message}`);
        await this.pause(POLL_MILLISECONDS);
      }
    }
  }

  private async untilWoken(): Promise<void> {
    if (!this.woken) {
      const waiting = new AbortController();
      const { signal } = waiting;
      const woken = new Promise<void>((resolve) => {
        this.wakeUp = resolve;
      });
      await Promise.race([woken, sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined)]);
      waiting.abort();
      this.wakeUp = () => undefined;
    }
    if (this.woken) await this.pause(GATHER_MILLISECONDS);
    this.woken = false;
  }

  private async sealAll(): Promise<void> {
    let outcome = await this.sealRound();
    while (outcome !== 'done' && !this.isStopping()) {
      if (outcome === 'busy') await this.pause(GATHER_MILLISECONDS);
      outcome = await this.sealRound();
    }
  }

  private isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  private async pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }

  /**
   * A key that the chain does not know takes over, announced by itself and by the one before it. One that it knew
   * before the present one does not: that folder is an old copy, and signs nothing.
   */
  private async keyChange(head: Head): Promise<KeyChangeContent | null> {
    const key = this.keys.current();
    if (!key || key.id === head.key || (await this.store.knowsKey(key.id))) return null;
    const before = head.key === null ? null : this.keys.find(head.key);
    if (head.key !== null && !before) {
      this.logger.error(
        `key ${head.key} of the exchange log is gone: ${key.id} takes over without its signature`,
      );
    }
    const change = { from: head.key, to: key.id, publicKey: key.publicKey };
    const statement = keyChangeStatement(head.log, change);
    return {
      kind: 'key-change',
      recordedAt: head.now.toISOString(),
      ...change,
      signatures: { old: before?.sign(statement) ?? null, new: key.sign(statement) },
    };
  }

  private checkpoint(head: Head, sequence: number, hash: string | null): void {
    const key = this.keys.current();
    if (hash === null || key?.id !== head.key || !this.isCheckpointDue(sequence - head.checkpoint)) return;
    const checkpoint = checkpointOf(head, sequence, hash, key);
    const line = checkpointLine(checkpoint);
    this.store.sign(checkpoint, line, key.sign(line));
    this.transactions.afterCommit(() => {
      this.signedAt = performance.now();
    });
  }

  private isCheckpointDue(unsigned: number): boolean {
    if (unsigned === 0) return false;
    return unsigned >= CHECKPOINT_RECORDS || performance.now() - this.signedAt >= CHECKPOINT_MILLISECONDS;
  }
}

/** The records that come next: a change of the key, where there is one, before what waits. */
function extend(
  head: Head,
  change: KeyChangeContent | null,
  waiting: readonly { id: string; content: PendingContent }[],
): SealedRow[] {
  const sealedAt = head.now.toISOString();
  let previous = head.hash ?? genesisHash(head.log);
  const next = [...(change ? [{ id: null, content: change }] : []), ...waiting];
  return next.map(({ id, content }, index) => {
    const sealed: SealedContent = {
      ...content,
      format: FORMAT,
      sequence: head.sequence + index + 1,
      sealedAt,
    };
    const line = canonical(sealed);
    previous = chainHash(previous, sha256(line));
    return { pendingId: id, content: sealed, line, hash: previous };
  });
}

function checkpointOf(head: Head, sequence: number, hash: string, key: SigningKey): Checkpoint {
  return {
    type: 'checkpoint',
    format: FORMAT,
    log: head.log,
    sequence,
    hash,
    at: head.now.toISOString(),
    key: key.id,
  };
}
