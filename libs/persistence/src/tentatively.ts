import type { EntityManager } from 'typeorm';
import type { TransactionScope } from './transaction-scope.js';

/**
 * Does work in one transaction, one such work at a time, and takes all of it back when its result is not to be kept: an
 * import that is only tried then says just what the real one would do.
 *
 * @param name of the work; two of the same name wait for each other
 * @param isKept whether what was done stays
 */
export function tentatively<Result>(
  transactions: TransactionScope,
  name: string,
  work: (manager: EntityManager) => Promise<Result>,
  isKept: (result: Result) => boolean,
): Promise<Result> {
  return transactions.run(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [name]);
    return transactions.attempt(() => work(manager), isKept);
  });
}
