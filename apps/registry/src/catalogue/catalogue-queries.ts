import { problem, type RegistryEntryState } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import type { CatalogueDefinition } from './catalogue.js';
import type { ListEntriesQuery, ListStepsQuery } from './entry.requests.js';
import type { CatalogueEntry } from './entry.entity.js';
import { type LifecycleStepState, toStepState } from './entry-state.js';

/** Reads from one catalogue. */
export abstract class CatalogueQueries<State extends RegistryEntryState<string>, Row extends CatalogueEntry> {
  protected constructor(
    private readonly definition: Pick<CatalogueDefinition<State, Row>, 'entry' | 'step' | 'toState'>,
    protected readonly transactions: TransactionScope,
  ) {}

  /**
   * In the order of entry.
   *
   * @param own filters of this catalogue only: condition with a parameter of the filter's name, by name
   */
  async list(
    query: ListEntriesQuery & { kind?: State['kind'] },
    own: Readonly<Record<string, { condition: string; value: unknown }>> = {},
  ): Promise<Page<State>> {
    const { kind, owner, lifecycle, use, q } = query;
    const ownValues = Object.fromEntries(Object.entries(own).map(([name, { value }]) => [name, value]));
    const filters = { kind, owner, lifecycle, use, q, ...ownValues };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const select = this.transactions.manager.createQueryBuilder(this.definition.entry, 'entry');
    if (kind !== undefined) select.andWhere('entry.kind = :kind', { kind });
    if (owner !== undefined) select.andWhere('entry.ownerCode = :owner', { owner });
    if (lifecycle !== undefined) select.andWhere('entry.lifecycle = :lifecycle', { lifecycle });
    if (use !== undefined) select.andWhere('entry.use = :use', { use });
    if (q !== undefined) select.andWhere('entry.searchText LIKE :q', { q: likeFolded(q) });
    for (const [name, { condition, value }] of Object.entries(own)) {
      if (value !== undefined) select.andWhere(condition, { [name]: value });
    }
    if (after !== undefined) select.andWhere('entry.id > :after', { after });
    const rows = await select
      .orderBy('entry.id')
      .limit(query.limit + 1)
      .getMany();
    return toPage(rows.map(this.definition.toState), query.limit, (entry) => [entry.id], filters);
  }

  /** The whole catalogue: hundreds of entries, thousands at most. */
  async all(): Promise<State[]> {
    const select = this.transactions.manager.createQueryBuilder(this.definition.entry, 'entry');
    return (await select.orderBy('entry.id').getMany()).map(this.definition.toState);
  }

  /** By id; unknown ones are left out. */
  async many(ids: readonly string[]): Promise<Map<string, State>> {
    const rows = await this.transactions.manager
      .createQueryBuilder(this.definition.entry, 'entry')
      .where('entry.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(rows.map((row) => [row.id, this.definition.toState(row)]));
  }

  /** @throws problem `not-found` */
  async read(id: string): Promise<State> {
    const entry = await this.transactions.manager.findOne(this.definition.entry, { where: { id } as never });
    if (!entry) throw problem('not-found');
    return this.definition.toState(entry);
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
