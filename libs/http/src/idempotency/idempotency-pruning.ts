import { Logger } from '@nestjs/common';
import type { TransactionScope } from '#libs/persistence';
import { pruneKeys } from './key-store.js';

const HOUR = 3_600_000;

/** Forgets old keys now and every hour. The returned function ends it. */
export function startPruning(scope: TransactionScope): () => void {
  const logger = new Logger('Idempotency');
  const prune = (): void => {
    scope.run(pruneKeys).catch((error: unknown) => {
      logger.warn({
        message: 'old idempotency keys could not be removed; tried again in an hour',
        err: error,
      });
    });
  };
  const timer = setInterval(prune, HOUR);
  timer.unref();
  prune();
  return () => {
    clearInterval(timer);
  };
}
