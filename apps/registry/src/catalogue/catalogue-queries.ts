import { problem, type RegistryEntryState } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import type { CatalogueDefinition } from './catalogue.js';
import type { ListEntriesQuery, ListStepsQuery } from './entry.requests.js';
import { type LifecycleStepState, toState, toStepState } from './entry-state.js';

/** Reads from one catalogue. */
export abstract class CatalogueQueries<Kind extends string> {
  protected constructor(
    private readonly definition: Pick<CatalogueDefinition, 'entry' | 'step'>,
    private readonly transactions: TransactionScope,
  ) {}

  /** In the order of entry. */
  async list(query: ListEntriesQuery & { kind?: Kind }): Promise<Page<RegistryEntryState<Kind>>> {
    const { kind, owner, lifecycle, q } = query;
    const filters = { kind, owner, lifecycle, q };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const select = this.transactions.manager.createQueryBuilder(this.definition.entry, 'entry');
    if (kind !== undefined) select.andWhere('entry.kind = :kind', { kind });
    if (owner !== undefined) select.andWhere('entry.ownerCode = :owner', { owner });
    if (lifecycle !== undefined) select.andWhere('entry.lifecycle = :lifecycle', { lifecycle });
    if (q !== undefined) select.andWhere('entry.searchText LIKE :q', { q: likeFolded(q) });
    if (after !== undefined) select.andWhere('entry.id > :after', { after });
    const rows = await select
      .orderBy('entry.id')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows.map(toState<Kind>), query.limit, (entry) => [entry.id], filters);
  }

  /** @throws problem `not-found` */
  async read(id: string): Promise<RegistryEntryState<Kind>> {
    const entry = await this.transactions.manager.findOne(this.definition.entry, { where: { id } });
    if (!entry) throw problem('not-found');
    return toState<Kind>(entry);
  }

  /**
   * Life-cycle steps of an entry, the newest first.
   *
   * @throws problem `not-found`
   */
  async listSteps(id: string, query: ListStepsQuery): Promise<Page<LifecycleStepState>> {
    await this.read(id);
    const [before] = decodeCursor<[string]>(query.cursor, { id }, ['uuid']) ?? [];
    const select = this.transactions.manager
      .createQueryBuilder(this.definition.step, 'step')
      .where('step.entryId = :id', { id });
    if (before !== undefined) select.andWhere('step.id < :before', { before });
    const rows = await select
      .orderBy('step.id', 'DESC')
      .limit(query.limit + 1)
      .getMany();
    const page = toPage(rows, query.limit, (step) => [step.id], { id });
    return { ...page, items: page.items.map(toStepState) };
  }
}
