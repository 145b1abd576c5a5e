import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { tentatively, TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { importProblem } from '#libs/workbooks';
import { DirectiveImport } from './directive-import.js';
import type { ImportedRow, TaskImportResult } from './import-result.js';
import { readFile, type StatedFile } from './read-file.js';
import { TaskImport } from './task-import.js';
import { planTasks } from './task-plan.js';

/** Further faults of a hopeless file are counted, not listed. */
const MAX_REMARKS = 1_000;

/** Takes over directives and tasks from a workbook. All or nothing: what would be refused is said, row by row. */
@Injectable()
export class WorkbookImport {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly directives: DirectiveImport,
    private readonly tasks: TaskImport,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /**
   * Imports a file; a dry run does the very same and takes it back, so that its answer is what the import will do.
   *
   * @throws problem `import-refused` (not in a dry run), and those of a file that is no workbook
   */
  async import(actor: Actor, content: Buffer, dryRun: boolean): Promise<TaskImportResult> {
    const file = await readFile(content, this.reference);
    // One import at a time: two of the same file would each find its rows missing.
    const result = await tentatively(
      this.transactions,
      'task-import',
      () => this.take(actor, file, dryRun),
      ({ accepted }) => accepted && !dryRun,
    );
    if (dryRun) {
      const { directives, tasks } = result;
      return { ...result, directives: directives.map(withoutNewId), tasks: tasks.map(withoutNewId) };
    }
    const { accepted, faults, warnings, faultCount } = result;
    if (accepted) return result;
    throw importProblem('import-refused', { count: faultCount }, { faultCount, faults, warnings });
  }

  private async take(actor: Actor, file: StatedFile, dryRun: boolean): Promise<TaskImportResult> {
    const { rows: directives, byLabel } = await this.directives.take(actor, file.directives);
    const named = file.tasks.flatMap(({ directive }) => directive ?? []);
    const byNumber = await this.directives.ofNumbers(named);
    const levels = planTasks(
      file.tasks,
      ({ row, directive }) =>
        directive === null ? null : this.directives.resolve(row, directive, byLabel, byNumber),
      this.clock.today(),
      file.warnings,
    );
    const tasks = await this.tasks.take(actor, levels);
    return resultOf(file, directives, tasks, dryRun);
  }
}

function resultOf(
  { faults, warnings }: StatedFile,
  directives: ImportedRow[],
  tasks: ImportedRow[],
  dryRun: boolean,
): TaskImportResult {
  const accepted = faults.length === 0;
  const count = (rows: readonly ImportedRow[], action: ImportedRow['action']): number =>
    accepted ? rows.filter((row) => row.action === action).length : 0;
  const counts = (action: ImportedRow['action']) => ({
    directives: count(directives, action),
    tasks: count(tasks, action),
  });
  const ordered = [...faults].sort(
    (one, other) => (one.sheet ?? '').localeCompare(other.sheet ?? '') || (one.row ?? 0) - (other.row ?? 0),
  );
  return {
    dryRun,
    accepted,
    created: counts('create'),
    unchanged: counts('unchanged'),
    directives,
    tasks,
    faultCount: faults.length,
    faults: ordered.slice(0, MAX_REMARKS),
    warnings: warnings.slice(0, MAX_REMARKS),
  };
}

/** What was only tried has no identifier. */
function withoutNewId(row: ImportedRow): ImportedRow {
  return row.action === 'create' ? { ...row, id: null } : row;
}
