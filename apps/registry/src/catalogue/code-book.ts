import type { EntityManager } from 'typeorm';
import { registryProblem } from '../problems.js';

/** Codes that were ever given. One that an entry lost is not given to another: old papers would name the wrong one. */
export class CodeBook {
  constructor(private readonly catalogue: 'database' | 'system') {}

  /** @throws problem `code-taken` when the code is, or once was, another entry's */
  async claim(manager: EntityManager, code: string | null, entryId: string): Promise<void> {
    if (code === null) return;
    await manager.query(
      'INSERT INTO registry_code (catalogue, code, entry_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [this.catalogue, code, entryId],
    );
    const [holder] = await manager.query<{ id: string }[]>(
      'SELECT entry_id AS id FROM registry_code WHERE catalogue = $1 AND code = $2',
      [this.catalogue, code],
    );
    if (holder && holder.id !== entryId) throw registryProblem('code-taken', { code, id: holder.id });
  }
}
