import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, REGISTRY_DICTIONARY_PUBLISHED, type RegistryDictionaryState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayKeep } from '../access/registry-access.js';
import { registryProblem } from '../problems.js';
import { DictionaryStore } from './dictionary.store.js';

/** What is said of a version when it is published. */
export type Publishing = Pick<RegistryDictionaryState, 'number' | 'document' | 'note'>;

/** Publishes the shared dictionary. */
@Injectable()
export class DictionaryService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly dictionaries: DictionaryStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `nothing-to-publish`, `validation-failed` for a number that was used */
  publish(actor: Actor, { number, document, note }: Publishing): Promise<RegistryDictionaryState> {
    if (!mayKeep(actor)) throw problem('other-agency');
    return this.transactions.run(async (manager) => {
      // Terms do not change, and no other version is published, between the look and the copy.
      await manager.query('LOCK TABLE registry_term, registry_dictionary IN SHARE ROW EXCLUSIVE MODE');
      const newest = await this.dictionaries.newest();
      const differs = newest === null || (await this.dictionaries.differs(newest.id));
      const id = uuidv7();
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO registry_dictionary (id, version, number, published_on, document, note)
         VALUES ($1, 1, $2, $3, $4, $5) ON CONFLICT (number) DO NOTHING RETURNING id`,
        [id, number, this.clock.today(), document, note],
      );
      if (inserted.length === 0) throw fieldProblem({ field: 'number', code: 'duplicate' });
      await this.dictionaries.fill(id);
      const { terms } = await this.dictionaries.read(id);
      if (!differs || terms === 0) {
        throw registryProblem('nothing-to-publish', { number: newest?.number ?? '–' });
      }
      return this.dictionaries.added(actor, id, { type: REGISTRY_DICTIONARY_PUBLISHED, document, note });
    });
  }
}
