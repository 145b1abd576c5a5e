import type { AgencyReader } from '../agencies/agency-reader.js';
import type { Block } from '../layout/outline.js';
import type { MappedText } from '../text/mapped-text.js';
import type { Inherited, TaskDraft } from './draft.js';
import type { DueReference } from './due-reader.js';
import { fieldAgencies, fieldDue, type FieldKind, kindOf } from './fields.js';
import { dutyAt } from './verbs.js';

/** Reads the tasks of a table whose head names who does what. */
export class TableReader {
  constructor(
    private readonly agencies: AgencyReader,
    private readonly reference: DueReference,
  ) {}

  read(rows: readonly Block[], inherited: Inherited): TaskDraft[] {
    let columns: FieldKind[] | null = null;
    const drafts: TaskDraft[] = [];
    for (const [place, block] of rows.entries()) {
      const cells = block.cells ?? [];
      const kinds = cells.map((cell) => kindOf(cell.folded));
      if (kinds.includes('task') && (kinds.includes('lead') || kinds.includes('due'))) columns = kinds;
      else if (columns) drafts.push(...this.row(block, place, columns, inherited));
    }
    return drafts;
  }

  private row(block: Block, place: number, columns: readonly FieldKind[], inherited: Inherited): TaskDraft[] {
    const cell = (kind: FieldKind): MappedText | undefined => block.cells?.[columns.indexOf(kind)];
    const task = cell('task');
    const lead = cell('lead');
    const own = lead ? fieldAgencies(this.agencies, lead) : [];
    const leads = own.length > 0 ? own : inherited.leads;
    if (!task || task.text === '' || leads.length === 0) return [];
    const [collaborators, due] = [cell('collaborator'), cell('due')];
    return [
      {
        block: { ...block, body: task, clause: clauseOf(block, cell('number')?.text, place) },
        start: 0,
        end: task.text.length,
        leads,
        collaborators: collaborators ? fieldAgencies(this.agencies, collaborators) : [],
        leadSource: own.length > 0 ? 'field' : inherited.source,
        origin: 'remark',
        due: due ? fieldDue(due, this.reference) : inherited.due,
        dueSource: 'field',
        extendable: inherited.extendable,
        person: false,
        duty: dutyAt(task.folded, 0),
      },
    ];
  }
}

/** "II, dòng 3": by the number in the row, else by its place among the rows. */
function clauseOf({ clause }: Block, number: string | undefined, place: number): string {
  const row = `dòng ${number === undefined || number === '' ? place : number.slice(0, 20)}`;
  return clause === null ? row : `${clause}, ${row}`;
}
