import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '../transaction-scope.js';

/** Work that is done once in the life of a database, such as loading the data of the source documents. */
@Injectable()
export class FirstStart {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /**
   * Does the work unless work of this name was done before; the mark and the work commit together. A replica that
   * starts at the same time waits for the other's commit, and then finds the mark.
   *
   * @returns whether the work was done now
   */
  async runOnce(name: string, work: () => Promise<void>): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const marked: unknown[] = await manager.query(
        `INSERT INTO seed_load (name, loaded_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name`,
        [name, this.clock.now()],
      );
      if (marked.length === 0) return false;
      await work();
      return true;
    });
  }
}
