import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { changedFields, problem, type RegistryFieldState, type RegistryTermState } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { type Column, importProblem, readTable, type TableRow } from '#libs/workbooks';
import { mayKeep, mayWriteEntry } from '../../access/registry-access.js';
import { FieldStore } from '../field.store.js';
import { FieldsService } from '../fields.service.js';
import { TermStore } from '../term.store.js';
import { type TermContent, TermsService } from '../terms.service.js';
import { FIELD_COLUMNS, SHEETS, TERM_COLUMNS } from './columns.js';
import { readFieldRow, type StatedField } from './field-rows.js';
import { type DictionaryImportResult, MAX_REMARKS } from './import-result.js';
import { beginNotes, type Notes, type RemarkCode } from './remarks.js';
import { MAX_ROWS, readTableFile } from './table-files.js';
import { readTermRow } from './term-rows.js';

/** A file as it came. */
export interface SentFile {
  content: Buffer;
  contentType: string;
}

/** What a row will do; null: it is exactly so already. */
interface Step {
  kind: 'create' | 'change';
  take: () => Promise<unknown>;
}

interface Database {
  id: string;
  name: string;
  ownerCode: string | null;
}

/**
 * Takes over terms, or the fields of databases, from a file. All or nothing; what it leaves out stays as it is. The
 * steps are those of the API, with the same history and events.
 */
@Injectable()
export class DictionaryImport {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly terms: TermsService,
    private readonly termStore: TermStore,
    private readonly fields: FieldsService,
    private readonly fieldStore: FieldStore,
    private readonly reference: ReferenceData,
  ) {}

  /** @throws problem `other-agency`, `import-refused` (not in a dry run), and those of a file that cannot be read */
  async importTerms(actor: Actor, file: SentFile, dryRun: boolean): Promise<DictionaryImportResult> {
    if (!mayKeep(actor)) throw problem('other-agency');
    const notes = beginNotes();
    const rows = await rowsOf(file, SHEETS.terms, TERM_COLUMNS, notes);
    return this.whole(dryRun, notes, async () => {
      const named = { reference: this.reference, databases: await this.databases() };
      const stated = rows.map((row) => ({ row, content: readTermRow(row, named) }));
      refuseTwice(stated, ({ code }) => code, 'code');
      const codes = stated.flatMap(({ content }) => content?.code ?? []);
      const present = await this.termStore.byCodes(codes);
      return stated.flatMap(({ content }) => (content ? this.termStep(actor, content, present) : []));
    });
  }

  /** @throws problem `import-refused` (not in a dry run), and those of a file that cannot be read */
  async importFields(actor: Actor, file: SentFile, dryRun: boolean): Promise<DictionaryImportResult> {
    const notes = beginNotes();
    const rows = await rowsOf(file, SHEETS.fields, FIELD_COLUMNS, notes);
    return this.whole(dryRun, notes, async () => {
      const databases = await this.databases();
      const all = await this.termStore.query('ORDER BY row.code', []);
      const terms = new Map(all.map((term) => [term.code, term]));
      const versions = await this.termStore.knownVersions(all.map(({ id }) => id));
      const stated = rows.map((row) => ({
        row,
        content: readFieldRow(row, { databases, terms, versions }),
      }));
      for (const { row, content } of stated) {
        const owner = content ? (databases.get(content.database.name)?.ownerCode ?? null) : null;
        if (content && !mayWriteEntry(actor, owner)) row.refuse('database', problem('other-agency'));
      }
      refuseTwice(stated, ({ database, name }) => `${database.id} ${name}`, 'name');
      const present = await this.presentFields(stated.flatMap(({ content }) => content?.database.id ?? []));
      return stated.flatMap(({ content }) => (content ? this.fieldStep(actor, content, present) : []));
    });
  }

  private async whole(
    dryRun: boolean,
    notes: Notes,
    plan: () => Promise<(Step | null)[]>,
  ): Promise<DictionaryImportResult> {
    return this.transactions.run(async (manager) => {
      // One import at a time: two of the same file would each find its rows missing.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('dictionary-import'))`);
      const result = resultOf(await plan(), notes, dryRun);
      const { faults, warnings, faultCount } = result.answer;
      if (dryRun) return result.answer;
      if (faultCount > 0) {
        throw importProblem('import-refused', { count: faultCount }, { faultCount, faults, warnings });
      }
      for (const step of result.steps) await step.take();
      return result.answer;
    });
  }

  private termStep(
    actor: Actor,
    content: TermContent,
    present: ReadonlyMap<string, RegistryTermState>,
  ): Step | null {
    const { code, ...changes } = content;
    const before = present.get(code);
    if (!before) return { kind: 'create', take: () => this.terms.add(actor, content) };
    if (changedFields(before, { ...before, ...changes }).length === 0) return null;
    return { kind: 'change', take: () => this.terms.change(actor, before.id, changes) };
  }

  private fieldStep(
    actor: Actor,
    { database, ...content }: StatedField,
    present: ReadonlyMap<string, RegistryFieldState>,
  ): Step | null {
    const before = present.get(`${database.id} ${content.name}`);
    if (!before) return { kind: 'create', take: () => this.fields.add(actor, database.id, content) };
    if (changedFields(before, { ...before, ...content }).length === 0) return null;
    return { kind: 'change', take: () => this.fields.change(actor, before.id, content) };
  }

  private async databases(): Promise<Map<string, Database>> {
    const rows = await this.transactions.manager.query<Database[]>(
      'SELECT id, name, owner_code AS "ownerCode" FROM registry_database',
    );
    return new Map(rows.map((database) => [database.name, database]));
  }

  private async presentFields(databaseIds: readonly string[]): Promise<Map<string, RegistryFieldState>> {
    const fields = await this.fieldStore.ofDatabases([...new Set(databaseIds)]);
    return new Map(fields.map((field) => [`${field.database.id} ${field.name}`, field]));
  }
}

async function rowsOf<Key extends string>(
  { content, contentType }: SentFile,
  name: string,
  columns: readonly Column<Key>[],
  notes: Notes,
): Promise<TableRow<Key, RemarkCode>[]> {
  const sheet = await readTableFile(content, contentType, name);
  const needed = columns.map(({ key }) => key) as [Key, ...Key[]];
  const nowhere = { sheet: null, row: null, column: null };
  if (!sheet) {
    notes.faults.push(notes.remark(nowhere, 'no-sheet', { name }));
    return [];
  }
  const rows = readTable(sheet, { columns, needed, ignored: [], maxRows: MAX_ROWS }, notes);
  if (rows.length === 0 && notes.faults.length === 0) notes.faults.push(notes.remark(nowhere, 'no-rows'));
  return rows;
}

/** Two rows about the same thing would undo each other. */
function refuseTwice<Key extends string, Content>(
  stated: readonly { row: TableRow<Key, RemarkCode>; content: Content | null }[],
  keyOf: (content: Content) => string,
  column: Key,
): void {
  const rows = new Map<string, number>();
  for (const { row, content } of stated) {
    if (content === null) continue;
    const key = keyOf(content);
    const other = rows.get(key);
    if (other === undefined) rows.set(key, row.row);
    else row.fault(column, 'code-twice', { other });
  }
}

function resultOf(
  steps: readonly (Step | null)[],
  { faults, warnings }: Notes,
  dryRun: boolean,
): { answer: DictionaryImportResult; steps: Step[] } {
  const accepted = faults.length === 0;
  const taken = steps.filter((step) => step !== null);
  const count = (kind: Step['kind']) => (accepted ? taken.filter((step) => step.kind === kind).length : 0);
  const ordered = [...faults].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const answer = {
    dryRun,
    accepted,
    created: count('create'),
    changed: count('change'),
    unchanged: accepted ? steps.length - taken.length : 0,
    faultCount: faults.length,
    faults: ordered.slice(0, MAX_REMARKS),
    warnings: warnings.slice(0, MAX_REMARKS),
  };
  return { answer, steps: taken };
}
