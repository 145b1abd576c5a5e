import type { Actor } from '#libs/auth';
import type { Day } from '#libs/calendar';
import { TASK_STATES, type TaskState } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import type { AgencyRole } from './task-agency.entity.js';
import type { Moment } from './moment.js';
import { Parameters } from './parameters.js';
import { pageStatement, WITHIN_REACH } from './task-page.js';
import type { TaskFilters } from './task.requests.js';
import { timelinessColumn, timelinessCondition } from './timeliness-filter.js';
import { WordConditions } from './word-conditions.js';
import type { WordFrequency } from './word-sample.js';

const A_WEEK = 7;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Where versions of tasks are: the present ones, and those that stood until a later day; each once for the task itself
 * and once for each agency with a part in it. What changes has columns of the same names in all of them.
 */
interface Source {
  table: 'task' | 'task_past' | 'task_agency' | 'task_past_agency';
  /** Column of the task's id. */
  id: 'task.id' | 'task.task_id';
  isPast: boolean;
  isOfAgency: boolean;
}
const PRESENT: Source = { table: 'task', id: 'task.id', isPast: false, isOfAgency: false };
const PAST: Source = { table: 'task_past', id: 'task.id', isPast: true, isOfAgency: false };
const OF_AGENCY: Source = { table: 'task_agency', id: 'task.task_id', isPast: false, isOfAgency: true };
const PAST_OF_AGENCY: Source = {
  table: 'task_past_agency',
  id: 'task.task_id',
  isPast: true,
  isOfAgency: true,
};

export interface Place {
  sortDay: string;
  id: string;
}

/** A statement with its values. */
export interface Query {
  text: string;
  values: unknown[];
  /**
   * `kept`: one plan is the best for all values. `each`: for other values another one, since a word may be in all tasks
   * or in none. Else the database finds out.
   */
  plan?: 'kept' | 'each';
}

/** Agencies whose tasks are wanted, and in which role; tasks are then read from their own lists. */
interface Owner {
  codes: readonly string[];
  role: AgencyRole | null;
}

export interface SelectionOptions extends Partial<WordFrequency> {
  /** Only what changed after this day: what came weighs 1, and what stood at its end and was replaced -1. */
  since?: Day | undefined;
}

/** Words the question "which tasks, seen by whom, on which day" for the database. */
export class TaskSelection {
  readonly parameters = new Parameters();
  private readonly visible: string[] | null;
  private readonly owner: Owner | null;
  private readonly since: Day | undefined;
  private readonly isCommon: boolean;
  private readonly words: WordConditions | null;

  constructor(
    private readonly moment: Moment,
    private readonly filters: TaskFilters,
    actor: Pick<Actor, 'agency'>,
    reference: ReferenceData,
    { since, isCommon = false, rarest = null }: SelectionOptions = {},
  ) {
    this.since = since;
    this.isCommon = isCommon;
    this.visible = visibleAgencies(actor, reference);
    const { lead, collaborator, directive, parent, q } = filters;
    // Of few tasks, and found by an index: asking each whose it is takes less than a list.
    if (directive !== undefined || parent !== undefined) this.owner = null;
    else if (lead !== undefined) this.owner = { codes: [lead], role: 'lead' };
    else if (collaborator !== undefined) this.owner = { codes: [collaborator], role: 'collaborator' };
    // The index of words knows itself whose they are.
    else if (q !== undefined && !isCommon) this.owner = null;
    else this.owner = this.visible && { codes: this.visible, role: null };
    // What changed is little: the index of words would tell of all tasks with them.
    const frequency = { isCommon: isCommon || since !== undefined, rarest };
    this.words = q === undefined ? null : new WordConditions(q, frequency, this.visible, this.parameters);
  }

  /** A {@link PageRow} with the tasks of a page, the earliest last day first. */
  page(after: Place | undefined, limit: number): Query {
    const parts = this.sourcesOfPage().map((source, index) => this.part(source, after, limit + 1, index > 0));
    const timeliness = timelinessColumn(this.moment, this.parameters);
    const text = pageStatement(parts, limit, timeliness);
    // Rare words are looked for first; only whether to do so in an agency's list depends on the words.
    return { text, values: this.parameters.values, plan: this.isRare && this.owner ? 'each' : 'kept' };
  }

  /**
   * All versions that stood on the day and pass the filters, for sums over them, each with its `weight`.
   *
   * @param columns names of columns that all sources have
   */
  versions(columns: readonly string[]): string {
    const { owner } = this;
    const named = columns.map((column) => `task.${column}`).join(', ');
    const selects = this.sources().map((source) => {
      const conditions = this.conditions(source);
      if (owner) conditions.push(`task.agency_code = ANY (${this.parameters.add(owner.codes)}::text[])`);
      const words = (owner && this.words?.join(source.id)) ?? '';
      // One agency in one role has each task once; else it may come by several agencies or roles.
      const once = owner && owner.role === null ? `DISTINCT ON (${source.id})` : '';
      return `(SELECT ${once} ${named}, ${this.weight(source)} FROM ${source.table} task ${words} ${where(conditions)})`;
    });
    return selects.join(' UNION ALL ');
  }

  /**
   * As above without filters, for boards of what the caller sees: one row for each lead of a task, or one for each task
   * with its directive.
   */
  versionsOf(whose: 'lead' | 'directive', columns: readonly string[]): string {
    const ofLeads = whose === 'lead';
    const key = ofLeads ? 'agency_code' : 'directive_id';
    const named = [key, ...columns].map((column) => `task.${column}`).join(', ');
    return this.sources(ofLeads)
      .map((source) => {
        const conditions = [...(ofLeads ? [`task.role = 'lead'`] : []), ...this.standing(source)];
        if (this.visible) conditions.push(this.isOneOf(source, this.visible));
        return `SELECT ${named}, ${this.weight(source)} FROM ${source.table} task ${where(conditions)}`;
      })
      .join(' UNION ALL ');
  }

  /** A statement around {@link versions}. */
  query(text: string): Query {
    const { values } = this.parameters;
    return this.filters.q === undefined || this.since !== undefined
      ? { text, values }
      : { text, values, plan: 'each' };
  }

  private get isRare(): boolean {
    return this.filters.q !== undefined && !this.isCommon;
  }

  private sources(ofAgencies = this.owner !== null): Source[] {
    const [present, past] = ofAgencies ? [OF_AGENCY, PAST_OF_AGENCY] : [PRESENT, PAST];
    return this.moment.live && this.since === undefined ? [present] : [present, past];
  }

  /** The one that holds most of what is wanted comes first: it says how far the other is to be read. */
  private sourcesOfPage(): Source[] {
    const { timeliness } = this.filters;
    const wasAhead = timeliness?.every((one) => one === 'on-track' || one === 'due-soon') ?? false;
    // Hardly a task that had time left then has stayed as it was since.
    return wasAhead && this.moment.daysAgo > A_WEEK ? this.sources().reverse() : this.sources();
  }

  private weight({ isPast }: Source): string {
    return `${isPast && this.since !== undefined ? -1 : 1} AS weight`;
  }

  /** The first of one source, of each agency's list as far as the page can need it. */
  private part(source: Source, after: Place | undefined, most: number, isBounded: boolean): string {
    const conditions = this.conditions(source);
    if (after) {
      const place = `(${this.parameters.add(after.sortDay)}::date, ${this.parameters.add(after.id)}::uuid)`;
      conditions.push(`(task.sort_day, ${source.id}) > ${place}`);
    }
    if (isBounded) conditions.push(WITHIN_REACH);
    // Of the present there is one version.
    const version = source.isPast ? 'task.version' : 'NULL::integer AS version';
    const { owner } = this;
    if (!owner) {
      const found = `SELECT task.sort_day, task.id, ${version} FROM ${source.table} task ${where(conditions)}`;
      // OFFSET: all of them are found, instead of read along the list.
      return `(SELECT * FROM (${found} ${this.isRare ? 'OFFSET 0' : ''}) found ORDER BY sort_day, id LIMIT ${most})`;
    }
    return this.partOfOwner(owner, source, version, conditions, most);
  }

  /** The lists of the agencies merged, as far as needed; words are asked of what comes of them, not of each list. */
  private partOfOwner(
    { codes, role }: Owner,
    { table }: Source,
    version: string,
    conditions: readonly string[],
    most: number,
  ): string {
    // An agency may have several roles in one task.
    const once = role === null ? 'DISTINCT ON (task.sort_day, task.task_id)' : '';
    const end = this.words ? '' : `LIMIT ${most}`;
    const lists = codes.map((code) => {
      const ofAgency = where([...conditions, `task.agency_code = ${this.parameters.add(code)}`]);
      return `(SELECT ${once} task.sort_day, task.task_id AS id, ${version} FROM ${table} task ${ofAgency}
        ORDER BY task.sort_day, task.task_id ${end})`;
    });
    const words = this.words?.join('task.id') ?? '';
    return `(SELECT DISTINCT ON (task.sort_day, task.id) task.* FROM (${lists.join(' UNION ALL ')}) task ${words}
      ORDER BY task.sort_day, task.id LIMIT ${most})`;
  }

  private conditions(source: Source): string[] {
    const { directive, parent, state, timeliness, dueFrom, dueTo } = this.filters;
    // What stood overdue on the day stood on it.
    const isOverdue = source === PAST && this.since === undefined && timeliness?.join() === 'overdue';
    const conditions = isOverdue ? [] : this.standing(source);
    const value = (given: unknown): string => this.parameters.add(given);
    if (directive !== undefined) {
      conditions.push(
        UUID.test(directive)
          ? `task.directive_id = ${value(directive)}::uuid`
          : `task.directive_id IN (SELECT d.id FROM directive d WHERE d.number = ${value(directive)})`,
      );
    }
    if (parent !== undefined) conditions.push(`task.parent_id = ${value(parent)}::uuid`);
    // In the text: of some states there are many tasks and of others few, and the latter have an index of their own.
    if (state?.length) conditions.push(`task.state IN (${namesOf(state)})`);
    if (timeliness?.length)
      conditions.push(timelinessCondition(timeliness, this.moment, this.parameters, source.isPast));
    if (dueFrom !== undefined || dueTo !== undefined) conditions.push(`task.sort_day < DATE '9999-12-31'`);
    if (dueFrom !== undefined) conditions.push(`task.sort_day >= ${value(dueFrom)}::date`);
    if (dueTo !== undefined) conditions.push(`task.sort_day <= ${value(dueTo)}::date`);
    if (this.words) conditions.push(...this.words.of(source));
    return [...conditions, ...this.roles(source)];
  }

  /** That the version stood at the end of the day. */
  private standing({ isPast }: Source): string[] {
    const { live, day } = this.moment;
    const { since } = this;
    if (since !== undefined && !isPast) return [`task.valid_from > ${this.parameters.add(since)}::date`];
    if (since !== undefined) return this.standingOn(since, isPast);
    return live ? [] : this.standingOn(day, isPast);
  }

  private standingOn(day: Day, isPast: boolean): string[] {
    const conditions = [`task.valid_from <= ${this.parameters.add(day)}::date`];
    if (isPast) conditions.push(`task.valid_to > ${this.parameters.add(day)}::date`);
    return conditions;
  }

  /** Agencies of a task never change, so that those of today answer for any day. */
  private roles(source: Source): string[] {
    const { owner, visible } = this;
    const { lead, collaborator, q } = this.filters;
    const conditions: string[] = [];
    if (owner?.role) conditions.push(`task.role = '${owner.role}'`);
    for (const [role, agency] of Object.entries({ lead, collaborator })) {
      if (agency === undefined || owner?.role === role) continue;
      const code = this.parameters.add(agency);
      conditions.push(this.has(source, `seen.role = '${role}' AND seen.agency_code = ${code}`));
    }
    // Words ask it themselves; of the lists of the visible agencies there is nothing to ask.
    const isAsked = owner ? owner.role !== null : q === undefined;
    if (visible && isAsked) conditions.push(this.has(source, this.isVisible(visible)));
    return conditions;
  }

  private isVisible(visible: readonly string[]): string {
    return `seen.agency_code = ANY (${this.parameters.add(visible)}::text[])`;
  }

  /** For sums: the caller's few tasks are looked up at once, instead of asking of each task whose it is. */
  private isOneOf({ id }: Source, visible: readonly string[]): string {
    const ofVisible = `FROM task_agency seen WHERE ${this.isVisible(visible)}`;
    // What changed is even less, but taken for a third of all: OFFSET has it asked of each change.
    if (this.since !== undefined) return `EXISTS (SELECT 1 ${ofVisible} AND seen.task_id = ${id} OFFSET 0)`;
    return `${id} IN (SELECT seen.task_id ${ofVisible})`;
  }

  private has({ id }: Source, condition: string): string {
    return `EXISTS (SELECT 1 FROM task_agency seen WHERE seen.task_id = ${id} AND ${condition})`;
  }
}

/** @returns quoted names, of the states that there are only */
function namesOf(states: readonly TaskState[]): string {
  return TASK_STATES.filter((one) => states.includes(one))
    .map((one) => `'${one}'`)
    .join(', ');
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
