import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, REGISTRY_TERM_ADDED, REGISTRY_TERM_CHANGED, type RegistryTermState } from '#libs/contracts';
import { fieldProblem, foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { EntityManager } from 'typeorm';
import { mayKeep } from '../access/registry-access.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { registryProblem } from '../problems.js';
import { TermStore } from './term.store.js';

/** What a new term says. */
export type TermContent = Omit<RegistryTermState, 'id' | 'version'>;
/** What a change says; the code stays. */
export type TermChanges = Partial<Omit<TermContent, 'code'>>;

/** The terms of the shared dictionary; Sở KH&CN keeps them. */
@Injectable()
export class TermsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly terms: TermStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `term-code-taken`, `not-found`, `validation-failed` */
  add(actor: Actor, content: TermContent): Promise<RegistryTermState> {
    if (!mayKeep(actor)) throw problem('other-agency');
    checkTerm(content);
    return this.transactions.run(async (manager) => {
      const id = uuidv7();
      const inserted = await manager.query<{ id: string }[]>(
        `INSERT INTO registry_term (id, version, code, name, english_name, meaning, type, codes, code_source,
           legal_basis, source_database_id, source_agency_code, source_agency_name, sharing, state, search_text)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         ON CONFLICT (code) DO NOTHING RETURNING id`,
        [id, content.code, ...(await this.columnsOf(content))],
      );
      if (inserted.length === 0) throw registryProblem('term-code-taken', { code: content.code });
      const state = await this.terms.added(actor, id, { type: REGISTRY_TERM_ADDED });
      await this.terms.keepVersion(state, this.clock.now());
      return state;
    });
  }

  /**
   * A change is a new version of the term; the old one stays readable.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed`
   */
  change(
    actor: Actor,
    id: string,
    changes: TermChanges,
    { ifMatch, note }: { ifMatch?: number; note?: string | null } = {},
  ): Promise<RegistryTermState> {
    if (!mayKeep(actor)) throw problem('other-agency');
    return this.transactions.run(async () => {
      const change = { type: REGISTRY_TERM_CHANGED, ifMatch, note };
      const state = await this.terms.alter(actor, id, change, async (before, manager) => {
        const content = { ...before, ...changes };
        checkTerm(content);
        await this.write(manager, id, content);
      });
      await this.terms.keepVersion(state, this.clock.now());
      return state;
    });
  }

  private async write(manager: EntityManager, id: string, content: TermContent): Promise<void> {
    await manager.query(
      `UPDATE registry_term SET name = $2, english_name = $3, meaning = $4, type = $5, codes = $6, code_source = $7,
         legal_basis = $8, source_database_id = $9, source_agency_code = $10, source_agency_name = $11, sharing = $12,
         state = $13, search_text = $14
        WHERE id = $1`,
      [id, ...(await this.columnsOf(content))],
    );
  }

  private async columnsOf(content: TermContent): Promise<unknown[]> {
    const { code, name, englishName, meaning, type, codes, codeSource, legalBasis, sharing, state } = content;
    const database = content.sourceOfTruth?.database ?? null;
    const agency = content.sourceOfTruth?.agency ?? null;
    if (database) await this.databases.read(database.id);
    const searchText = foldVietnamese([code, name, englishName ?? ''].join(' '));
    return [
      name,
      englishName,
      meaning,
      type,
      JSON.stringify(codes),
      codeSource,
      legalBasis,
      database?.id ?? null,
      agency?.code ?? null,
      agency?.name ?? null,
      sharing,
      state,
      searchText,
    ];
  }
}

/**
 * A code list belongs to coded values only, and names each code once.
 *
 * @throws problem `validation-failed` on `codes`
 */
export function checkTerm({ type, codes }: Pick<TermContent, 'type' | 'codes'>): void {
  if (codes.length > 0 && type !== 'code') {
    throw fieldProblem({
      field: 'codes',
      code: 'codes-of-other-type',
      texts: {
        vi: 'Chỉ thuật ngữ kiểu "mã theo danh mục" mới có danh mục mã.',
        en: 'Only a term of the type "code" has a code list.',
      },
    });
  }
  if (new Set(codes.map(({ code }) => code)).size < codes.length) {
    throw fieldProblem({ field: 'codes', code: 'duplicate' });
  }
}
