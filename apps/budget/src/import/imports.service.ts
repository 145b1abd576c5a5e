import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { type BudgetItemState, changedFields, ProblemError } from '#libs/contracts';
import { refusalsOf } from '#libs/http';
import { tentatively, TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { importProblem, quoted } from '#libs/workbooks';
import { mayWriteItem, visibleOwner } from '../access/budget-access.js';
import { SERVICE } from '../history/service-author.js';
import { ItemStore } from '../items/item.store.js';
import { ItemsService } from '../items/items.service.js';
import type { Remark } from './faults.js';
import { ImportLog } from './import-log.js';
import { changesBetween, type ImportedItem, type ImportResult } from './import-result.js';
import { contentOf, type ImportSource } from './item-content.js';
import { at, type ListedItem, type Match, matchRows, type OwnedRow } from './matching.js';
import { type ImportFile, readImport } from './read-import.js';
import type { ReadTable } from './tables/read-table.js';
import { tableRemarks } from './tables/table-remarks.js';

/** Further faults of a hopeless file are counted, not listed. */
const MAX_REMARKS = 1_000;

const LISTED = `
  SELECT id, kind, fiscal_year AS "fiscalYear", number, code, name, owner_code AS "ownerCode", owner_name AS "ownerName"
    FROM budget_item
   WHERE (kind, fiscal_year) IN (SELECT * FROM unnest($1::text[], $2::int[]))
     AND ($3::text IS NULL OR owner_code = $3)
   ORDER BY id`;

/** Takes over the budget list from files. All or nothing: what would be refused is said, row by row, and nothing stored. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly items: ItemsService,
    private readonly store: ItemStore,
    private readonly reference: ReferenceData,
    private readonly log: ImportLog,
  ) {}

  /**
   * Imports a file; a dry run does the very same and takes it back, so that its answer is what the import will do.
   *
   * @throws problem `import-refused` (not in a dry run), and those of the readers
   */
  async import(actor: Actor, file: ImportFile, dryRun: boolean): Promise<ImportResult> {
    const { tables, faults } = await readImport(file);
    // One import at a time: two of the same file would each find its rows missing.
    const result = await tentatively(
      this.transactions,
      'budget-import',
      async () => {
        const items = await this.takeAll(actor, file.source, tables, faults);
        const done = resultOf(tables, items, faults, dryRun);
        this.log.record(actor, file, done);
        return done;
      },
      ({ accepted }) => accepted && !dryRun,
    );
    if (dryRun) return { ...result, items: result.items.map(withoutNewId) };
    if (result.accepted) return result;
    throw importProblem(
      'import-refused',
      { count: result.faultCount },
      { faults: result.faults, tables: result.tables },
    );
  }

  private async takeAll(
    actor: Actor,
    source: ImportSource,
    tables: readonly ReadTable[],
    faults: Remark[],
  ): Promise<ImportedItem[]> {
    const rows = this.ownedRows(actor, tables, faults);
    const matched = matchRows(rows, await this.listed(actor, rows));
    faults.push(...matched.faults);
    const known = await this.store.all(matched.matches.flatMap(({ item }) => item?.id ?? []));
    const before = new Map(known.map((item) => [item.id, item]));
    const items: ImportedItem[] = [];
    for (const match of matched.matches) {
      const item = await this.take(actor, match, before.get(match.item?.id ?? ''), source, faults);
      if (item) items.push(item);
    }
    return items;
  }

  /**
   * Enters every row of a file into an empty list, for the service's first start.
   *
   * @throws problem `import-refused`
   */
  async load(file: ImportFile): Promise<number> {
    const { tables, faults } = await readImport(file);
    const rows = this.ownedRows({ agency: null }, tables, faults);
    if (faults.length > 0) throw importProblem('import-refused', { count: faults.length }, { faults });
    return this.transactions.run(async () => {
      for (const row of rows) await this.items.register(contentOf(row, null, file.source), SERVICE);
      return rows.length;
    });
  }

  /** Rows whose agency is known and may be written for. */
  private ownedRows(
    actor: Pick<Actor, 'agency'>,
    tables: readonly ReadTable[],
    faults: Remark[],
  ): OwnedRow[] {
    return tables.flatMap(({ rows }) =>
      rows.flatMap((row) => {
        const agency = this.reference.agencyByName(row.owner);
        const owned = { row, owner: { code: agency?.code ?? '', name: row.owner } };
        if (!agency || agency.kind === 'group') {
          faults.push(at(owned, 'owner', 'owner-unknown', { value: quoted(row.owner) }));
        } else if (!mayWriteItem(actor, agency.code)) {
          faults.push(at(owned, 'owner', 'other-agency', { owner: quoted(row.owner) }));
        } else {
          return [owned];
        }
        return [];
      }),
    );
  }

  private listed(actor: Actor, rows: readonly OwnedRow[]): Promise<ListedItem[]> {
    const lists = new Map(
      rows.map(({ row: { kind, fiscalYear } }) => [`${kind} ${fiscalYear}`, { kind, fiscalYear }]),
    );
    const each = [...lists.values()];
    return this.transactions.manager.query<ListedItem[]>(LISTED, [
      each.map(({ kind }) => kind),
      each.map(({ fiscalYear }) => fiscalYear),
      visibleOwner(actor),
    ]);
  }

  /** Null: the row was refused, which is among the faults now. */
  private async take(
    actor: Actor,
    match: Match,
    before: BudgetItemState | undefined,
    source: ImportSource,
    faults: Remark[],
  ): Promise<ImportedItem | null> {
    const content = contentOf(match, before ?? null, source);
    const { place } = match.row;
    try {
      if (before === undefined) return importedItem(place, null, await this.items.create(actor, content));
      const same = changedFields<object>(before, { ...before, ...content }).length === 0;
      return importedItem(
        place,
        before,
        same ? before : await this.items.change(actor, before.id, content, undefined),
      );
    } catch (error) {
      // What a rule refuses is refused before anything is written; anything else is the system's own failure.
      if (!(error instanceof ProblemError)) throw error;
      faults.push(...refusals(match, error));
      return null;
    }
  }
}

function importedItem(
  place: Match['row']['place'],
  before: BudgetItemState | null,
  after: BudgetItemState,
): ImportedItem {
  const action = before === null ? 'create' : after.version === before.version ? 'none' : 'change';
  const { sheet, row } = place;
  const { id, kind, fiscalYear, number, name, owner, overAllocated } = after;
  const changes = before === null ? [] : changesBetween(before, after);
  return { sheet, row: row ?? 0, action, id, kind, fiscalYear, number, name, owner, overAllocated, changes };
}

/** An item that was only tried has no identifier. */
function withoutNewId(item: ImportedItem): ImportedItem {
  return item.action === 'create' ? { ...item, id: null } : item;
}

/** The texts of a problem, at the row that met it. */
function refusals(match: Match, error: ProblemError): Remark[] {
  return refusalsOf(error).map(({ texts }) => at(match, null, 'refused', { ...texts }));
}

function resultOf(
  tables: readonly ReadTable[],
  items: ImportedItem[],
  faults: readonly Remark[],
  dryRun: boolean,
): ImportResult {
  const count = (action: ImportedItem['action']) => items.filter((item) => item.action === action).length;
  const warnings = tables.flatMap((table) => table.warnings);
  return {
    dryRun,
    accepted: faults.length === 0,
    created: count('create'),
    changed: count('change'),
    unchanged: count('none'),
    tables: tables.map(({ kind, sheet, row, unit, rows, totals }) => ({
      kind,
      sheet,
      row,
      unit,
      rows: rows.length,
      totals,
      remarks: tableRemarks(kind, rows, totals),
    })),
    items,
    faultCount: faults.length,
    faults: faults.slice(0, MAX_REMARKS),
    warnings: warnings.slice(0, MAX_REMARKS),
  };
}
