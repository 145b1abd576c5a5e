import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import {
  problem,
  REGISTRY_FIELD_ADDED,
  REGISTRY_FIELD_CHANGED,
  REGISTRY_FIELD_REMOVED,
  type RegistryFieldState,
  type TermRef,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayWriteEntry } from '../access/registry-access.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { FieldStore } from './field.store.js';
import { TermStore } from './term.store.js';

/** What a field says. */
export type FieldContent = Pick<RegistryFieldState, 'name' | 'description' | 'type' | 'term'>;

/** Fields of databases; the owner keeps them and maps them to the shared dictionary. */
@Injectable()
export class FieldsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly fields: FieldStore,
    private readonly terms: TermStore,
    private readonly databases: DatabasesQueries,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `validation-failed` */
  add(actor: Actor, databaseId: string, content: FieldContent): Promise<RegistryFieldState> {
    return this.transactions.run(async (manager) => {
      await this.refuseOthers(actor, databaseId);
      await this.refuseTakenName(databaseId, content.name, null);
      const id = uuidv7();
      await manager.query(
        `INSERT INTO registry_field_mapping (id, version, database_id, name, description, type, term_id, term_version,
           state)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, 'present')`,
        [id, databaseId, ...columnsOf(content)],
      );
      return this.fields.added(actor, id, { type: REGISTRY_FIELD_ADDED });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` */
  change(
    actor: Actor,
    id: string,
    changes: Partial<FieldContent>,
    ifMatch?: number,
  ): Promise<RegistryFieldState> {
    const change = { type: REGISTRY_FIELD_CHANGED, ifMatch };
    return this.fields.alter(actor, id, change, async (before, manager) => {
      await this.refuseOthers(actor, before.database.id);
      if (before.state === 'removed') throw problem('not-found');
      const content = { ...before, ...changes };
      if (content.name !== before.name) await this.refuseTakenName(before.database.id, content.name, id);
      await manager.query(
        `UPDATE registry_field_mapping SET name = $2, description = $3, type = $4, term_id = $5, term_version = $6
          WHERE id = $1`,
        [id, ...columnsOf(content)],
      );
    });
  }

  /**
   * Takes a field out of its database; it stays readable.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`
   */
  remove(actor: Actor, id: string, reason: string, ifMatch?: number): Promise<RegistryFieldState> {
    const change = { type: REGISTRY_FIELD_REMOVED, ifMatch, note: reason };
    return this.fields.alter(actor, id, change, async (before, manager) => {
      await this.refuseOthers(actor, before.database.id);
      await manager.query(`UPDATE registry_field_mapping SET state = 'removed' WHERE id = $1`, [id]);
    });
  }

  /**
   * The version of a term that a request names; without a version its newest.
   *
   * @throws problem `validation-failed` on `term`
   */
  async termOf(stated: { id: string; version?: number } | null): Promise<TermRef | null> {
    if (stated === null) return null;
    const [term] = await this.terms.query('WHERE row.id = $1', [stated.id]);
    const version = stated.version ?? term?.version ?? 0;
    const known = await this.terms.knownVersions([stated.id]);
    if (term && known.has(`${term.id}:${version}`)) return { id: term.id, code: term.code, version };
    throw fieldProblem({
      field: 'term',
      code: 'unknown-term',
      texts: {
        vi: 'Từ điển dùng chung không có phiên bản này của thuật ngữ.',
        en: 'The shared dictionary has no such version of a term.',
      },
    });
  }

  private async refuseOthers(actor: Actor, databaseId: string): Promise<void> {
    const { owner } = await this.databases.read(databaseId);
    if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
  }

  /** The unique index is what holds in a race. */
  private async refuseTakenName(databaseId: string, name: string, but: string | null): Promise<void> {
    const [other] = await this.fields.query(
      `WHERE row.database_id = $1 AND row.name = $2 AND row.state = 'present' AND row.id IS DISTINCT FROM $3`,
      [databaseId, name, but],
    );
    if (other) throw fieldProblem({ field: 'name', code: 'duplicate' });
  }
}

function columnsOf({ name, description, type, term }: FieldContent): unknown[] {
  return [name, description, type, term?.id ?? null, term?.version ?? null];
}
