import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import type { DirectiveState } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { agenciesCell, beginWorkbook, type RowValues } from '#libs/workbooks';
import { ListTasksQuery, type TaskFilters } from '../assignments/task.requests.js';
import type { TaskItem } from '../assignments/task-state.js';
import { TasksQueries } from '../assignments/tasks.queries.js';
import { Directive } from '../directives/directive.entity.js';
import { toDirectiveState } from '../directives/directive-state.js';
import { writtenDay } from '../reminders/task-texts.js';
import { STATE_WORDS, TIMELINESS_WORDS } from './columns.js';
import { directiveCells, DirectiveLabels } from './directive-cells.js';
import { dueCells } from './due-cells.js';
import { type TaskRowKey, TaskWorkbook } from './task-workbook.js';
import { taskWorkbookProblem } from './workbook-problems.js';

/** Greatest number of tasks of one export. */
export const MAX_EXPORTED = 20_000;
/** Tasks that are read and written at once, while other requests wait. */
const PAGE = 200;
/** Registered directives that a template offers, the newest ones. */
const OFFERED_DIRECTIVES = 500;
const BLANK_TASKS = 300;
const BLANK_DIRECTIVES = 50;

/** What is known of the exported tasks before the first row is written. */
interface Outline {
  /** Numbers of the rows by the task's id. */
  numbers: Map<string, number>;
  directives: Map<string, DirectiveState>;
}

/** Writes tasks into workbooks that can be filled in, printed and imported. */
@Injectable()
export class TaskExport {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly queries: TasksQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** An empty form, with the registered directives to choose from and a sample row. */
  async template(): Promise<Buffer> {
    const newest = await this.transactions.manager.find(Directive, {
      order: { id: 'DESC' },
      take: OFFERED_DIRECTIVES,
    });
    const labels = new DirectiveLabels();
    const directives = newest.reverse().map(toDirectiveState);
    const rows = directives.map((directive) => directiveCells(directive, labels.of(directive)));
    const file = await beginWorkbook(this.clock.now());
    const book = new TaskWorkbook(file, this.reference);
    const table = book.beginTasks(
      'DANH SÁCH NHIỆM VỤ ĐƯỢC GIAO',
      'Đọc trang "Hướng dẫn" trước khi nhập.',
      false,
    );
    table.add(SAMPLE_ROW);
    table.addBlank(BLANK_TASKS);
    book.endTasks(table, rows.length + BLANK_DIRECTIVES);
    book.addDirectives(rows, BLANK_DIRECTIVES);
    book.addLists();
    return file.finish();
  }

  /**
   * All tasks of a list, as its filters and what the caller may see make it. Read page by page in one snapshot of the
   * database; rows leave memory as they are packed.
   *
   * @throws problem `export-too-large`, `validation-failed` for a future day
   */
  async export(actor: Actor, filters: TaskFilters): Promise<Buffer> {
    return this.transactions.run(async (manager) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const outline = await this.outline(actor, filters);
      const labels = new DirectiveLabels();
      const file = await beginWorkbook(this.clock.now());
      const book = new TaskWorkbook(file, this.reference);
      const day = writtenDay(filters.asOf ?? this.clock.today());
      const remark = `${outline.numbers.size} nhiệm vụ, tính đến ngày ${day}`;
      const table = book.beginTasks('DANH SÁCH NHIỆM VỤ ĐƯỢC GIAO', remark, true);
      for await (const page of this.pages(actor, filters)) {
        const descriptions = await this.descriptions(page);
        for (const item of page)
          table.add(this.rowOf(item, outline, labels, descriptions.get(item.id) ?? null));
      }
      book.endTasks(table, outline.directives.size);
      // In the order of the tasks: each got its name there.
      const rows = [...outline.directives.values()].map((directive) =>
        directiveCells(directive, labels.of(directive)),
      );
      book.addDirectives(rows, 0);
      book.addLists();
      return file.finish();
    });
  }

  private async *pages(actor: Actor, filters: TaskFilters): AsyncGenerator<TaskItem[]> {
    let cursor: string | undefined;
    do {
      const query: ListTasksQuery = Object.assign(new ListTasksQuery(), filters, { limit: PAGE, cursor });
      const json = await this.queries.listAsJson(actor, query);
      const page = JSON.parse(json.toString()) as { items: TaskItem[]; nextCursor: string | null };
      yield page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** A part often comes before its whole, whose number it names. */
  private async outline(actor: Actor, filters: TaskFilters): Promise<Outline> {
    const numbers = new Map<string, number>();
    const ids = new Set<string>();
    for await (const page of this.pages(actor, filters)) {
      for (const { id, directive } of page) {
        numbers.set(id, numbers.size + 1);
        ids.add(directive.id);
      }
      if (numbers.size > MAX_EXPORTED) throw taskWorkbookProblem('export-too-large', { limit: MAX_EXPORTED });
    }
    const rows = await this.transactions.manager.findBy(Directive, { id: In([...ids]) });
    const states = new Map(rows.map((row) => [row.id, toDirectiveState(row)]));
    const ordered = [...ids].flatMap((id) => states.get(id) ?? []);
    return { numbers, directives: new Map(ordered.map((state) => [state.id, state])) };
  }

  private async descriptions(page: readonly TaskItem[]): Promise<Map<string, string | null>> {
    const rows: { id: string; description: string | null }[] = await this.transactions.manager.query(
      'SELECT id, description FROM task WHERE id = ANY ($1::uuid[])',
      [page.map(({ id }) => id)],
    );
    return new Map(rows.map(({ id, description }) => [id, description]));
  }

  private rowOf(
    item: TaskItem,
    { numbers, directives }: Outline,
    labels: DirectiveLabels,
    description: string | null,
  ): RowValues<TaskRowKey> {
    const { title, directive, due, parentId } = item;
    const state = directives.get(directive.id);
    if (!state) throw new Error(`task ${item.id} has no directive`);
    const reference = state.issuedOn ?? state.meetingOn ?? this.clock.today();
    return {
      number: String(numbers.get(item.id)),
      directive: labels.of(state),
      clause: directive.clause,
      title,
      description,
      leads: agenciesCell(item.leads),
      collaborators: agenciesCell(item.collaborators),
      ...dueCells(due, reference),
      // The whole is not always part of the list.
      parent: parentId === null ? null : String(numbers.get(parentId) ?? parentId),
      state: STATE_WORDS[item.state],
      timeliness: TIMELINESS_WORDS[item.timeliness],
      progress: item.progressPercent,
      assignedOn: item.assignedOn,
      completedOn: item.completedOn,
      extensions: item.extensions,
    };
  }
}

const SAMPLE_ROW: RowValues<TaskRowKey> = {
  number: 'Mẫu',
  directive: '123/KH-UBND',
  clause: '2.a',
  title: 'Xây dựng kế hoạch tập huấn kỹ năng số',
  description: 'Đối tượng: công chức cấp xã',
  leads: 'Sở Khoa học và Công nghệ (SKHCN)',
  collaborators: 'Sở Nội vụ (SNV); Sở Tài chính (STC)',
  phrase: 'trước ngày 15/5/2026',
  date: '2026-05-15',
  lastDay: '2026-05-14',
  extendable: 'Có',
};
