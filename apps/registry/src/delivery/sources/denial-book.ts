import { Injectable, Logger } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { type Denied, ExchangeLog } from '../../exchange-log/exchange-log.js';

interface Waiting {
  denied: Denied;
  stored: () => void;
  failed: (reason: Error) => void;
}

/**
 * Writes denied attempts to the exchange log in transactions of its own: a denied request rolls back, its denial must
 * stay. What comes while one is being written is written together, equal ones as one with their number, so that a
 * receiver that tries without pause costs one record at a time.
 */
@Injectable()
export class DenialBook {
  private readonly logger = new Logger('Denials');
  private waiting: Waiting[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly log: ExchangeLog,
  ) {
    void this.keepWriting();
  }

  /** Resolves once it is stored; rejects when it could not be: then the caller has no answer either. */
  record(denied: Denied): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ denied, stored: resolve, failed: reject });
      this.wake();
    });
  }

  /** One loop for the whole life of the process: it has no part in the transactions of those who report. */
  private async keepWriting(): Promise<never> {
    for (;;) {
      if (this.waiting.length === 0) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      await this.writeWaiting();
    }
  }

  private async writeWaiting(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    try {
      await this.transactions.run(() => {
        for (const denied of together(batch.map((one) => one.denied))) this.log.denied(denied);
        return Promise.resolve();
      });
      for (const { stored } of batch) stored();
    } catch (error) {
      this.logger.error({ message: 'denied attempts could not be recorded', err: error });
      for (const { failed } of batch) failed(error as Error);
    }
  }
}

/** Equal attempts as one. */
function together(all: readonly Denied[]): Denied[] {
  const counted = new Map<string, Denied>();
  for (const denied of all) {
    const key = JSON.stringify({ ...denied, count: 0 });
    const count = (counted.get(key)?.count ?? 0) + denied.count;
    counted.set(key, { ...denied, count });
  }
  return [...counted.values()];
}
