import type { AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import type { Level } from '../layout/markers.js';
import type { Block } from '../layout/outline.js';
import { type MappedText, part } from '../text/mapped-text.js';
import { add, type Assignment, AssignmentReader } from './assignment.js';
import { closesOthers, type Closing, readClosing } from './closing.js';
import { handedDown, type Inherited, NOTHING, onSameDay, type TaskDraft } from './draft.js';
import { NO_EXTENSION } from './due-expressions.js';
import { type DueReference, readDues } from './due-reader.js';
import { isAppeal, isForThemselves } from './exceptions.js';
import { fieldAgencies, fieldDue, hasFields, hasLead, readField } from './fields.js';
import {
  ADDRESSEE,
  CONTINUOUS,
  COUNT,
  DEMANDING,
  DETAILS,
  GROUND,
  HEADING_TIME,
  LABEL,
  REPORTED,
} from './heading-words.js';
import { besideIdlePart, isIdleHeading, isToldAnyway } from './idle-parts.js';
import { type Piece, PieceReader } from './pieces.js';
import { readSentences } from './sentences.js';
import { TableReader } from './tables.js';
import { beginsDuty, isFormula, isStatement, soundsLikeDuty } from './verbs.js';

/** Levels of the items of a list that no number begins. */
const LISTED: ReadonlySet<Level> = new Set<Level>(['plain', 'star', 'dash', 'plus']);

/** Walks the document from the outside in and gathers the tasks. */
export class TaskCollector {
  private readonly drafts: TaskDraft[] = [];
  private readonly assignments: AssignmentReader;
  private readonly pieces: PieceReader;
  private readonly tables: TableReader;

  constructor(
    private readonly agencies: AgencyReader,
    private readonly reference: DueReference,
    private readonly addressees: NamedAgency[],
    aboveCommittee: boolean,
  ) {
    this.assignments = new AssignmentReader(agencies, addressees, aboveCommittee);
    this.pieces = new PieceReader(this.assignments, reference);
    this.tables = new TableReader(agencies, reference);
  }

  collect(blocks: readonly Block[]): TaskDraft[] {
    this.children(blocks, NOTHING, null);
    return this.drafts.filter(({ leads }) => leads.length > 0);
  }

  /** Siblings one after the other: an introduction ("… yêu cầu:") holds for those after it. */
  private children(blocks: readonly Block[], inherited: Inherited, parent: Block | null): void {
    let context = inherited;
    const from = this.drafts.length;
    const rows = blocks.filter((block) => block.cells !== null);
    if (rows.length > 0) this.drafts.push(...this.tables.read(rows, inherited));
    const near = new Set([parent, ...blocks]);
    for (const block of blocks) {
      if (block.cells !== null) continue;
      const closing = readClosing(block.body, this.reference);
      if (closing) this.close(closing, from);
      else if (!this.field(block, near))
        context = this.block(block, besideIdlePart(block, context, inherited));
    }
  }

  /** Reads a paragraph and what stands below it; answers what holds for its later siblings. */
  private block(block: Block, inherited: Inherited): Inherited {
    const { body } = block;
    const heading = this.headingOf(block, inherited);
    if (heading) {
      this.children(block.children, heading, block);
      return block.level === 'plain' && block.children.length === 0 ? heading : inherited;
    }
    const headed =
      /:$/.test(body.text.trimEnd()) &&
      (block.children.length > 0 || block.level === 'plain' || block.level === 'part');
    const introduction = headed ? this.introduction(block, inherited) : null;
    const until = introduction?.start ?? body.text.length;
    const own = this.duties(block, part(body, 0, until), inherited);
    this.drafts.push(...own);
    const below = introduction?.inherited ?? this.below(own, inherited);
    this.children(block.children, below, block);
    return introduction && block.level === 'plain' ? introduction.inherited : inherited;
  }

  /** What a heading hands down: the agencies it is made of, or nothing new for "1. Về thể chế"; null: not a heading. */
  private headingOf(block: Block, inherited: Inherited): Inherited | null {
    const { body, children } = block;
    const named = this.assignments.heading(body);
    if (named && !hasLead(children) && (children.length > 0 || /:$/.test(body.text))) {
      return {
        ...inherited,
        ...handedDown(named, 'heading'),
        ...this.dueOf(body),
        idle: false,
        reported: false,
      };
    }
    if (isIdleHeading(body)) return { ...NOTHING, idle: true, outside: inherited.outside ?? inherited };
    const titled = children.length > 0 && !/[.;:,]$/.test(body.text) && !hasFields(children);
    const assigned = titled ? this.assignments.read(body) : null;
    if (!titled || assigned) return null;
    return { ...inherited, ...this.dueOf(body), idle: inherited.idle && block.level !== 'part' };
  }

  /** "2. Hạ tầng (hoàn thành trước ngày …)": a heading's time holds for all below it. */
  private dueOf(heading: MappedText): Partial<Inherited> {
    if (!HEADING_TIME.test(heading.folded)) return {};
    const due = readDues(heading, this.reference).find(({ date, recurrence }) => date ?? recurrence);
    return due ? { due } : {};
  }

  /** The last sentence of a paragraph that ends with a colon. */
  private introduction(block: Block, inherited: Inherited): { start: number; inherited: Inherited } | null {
    const sentence = readSentences(block.body).at(-1);
    if (!sentence) return null;
    const text = part(block.body, sentence.start, sentence.end);
    if (DETAILS.test(text.folded)) return null;
    const read = this.assignments.read(text) ?? this.addressed(text);
    const ground = GROUND.exec(text.folded)?.[0].length ?? 0;
    const due = readDues(text, this.reference).find(
      ({ start, date, recurrence }) => start >= ground && (date ?? recurrence) !== null,
    );
    const source = block.level === 'plain' ? 'introduction' : 'heading';
    const collaborators = [...inherited.collaborators];
    add(collaborators, this.assignments.collaborators(text));
    return {
      start: sentence.start,
      inherited: {
        ...inherited,
        ...(read ? handedDown(read, source) : { collaborators }),
        ...(due && { due }),
        extendable: inherited.extendable && !NO_EXTENSION.test(text.folded),
        idle: !read && !DEMANDING.test(text.folded) && inherited.idle,
        reported: !read && !DEMANDING.test(text.folded) && REPORTED.test(text.folded),
      },
    };
  }

  /** "đề nghị quý cơ quan …": those the letter is sent to. */
  private addressed(text: MappedText): Assignment | null {
    if (this.addressees.length === 0 || !ADDRESSEE.test(text.folded)) return null;
    return {
      origin: 'assigned',
      leads: this.addressees,
      collaborators: [],
      start: 0,
      bodyStart: 0,
      person: false,
      heading: true,
    };
  }

  private below(own: readonly TaskDraft[], inherited: Inherited): Inherited {
    const last = own.findLast((draft) => draft.leadSource === 'own');
    if (!last) return inherited;
    const { leads, collaborators, origin, person } = last;
    return {
      ...inherited,
      leads,
      collaborators,
      origin,
      person,
      source: 'heading',
      due: null,
      extendable: true,
    };
  }

  /** The duties of a paragraph; who is named in one goes on to lead those after it. */
  private duties(block: Block, text: MappedText, inherited: Inherited): TaskDraft[] {
    let context = inherited;
    const pieces = this.pieces.read(text);
    const all: TaskDraft[] = [];
    for (const [index, piece] of pieces.entries()) {
      const last = all.at(-1);
      if (last && piece.due === null && this.isForPartners(block, piece, context)) {
        last.end = endOf(block.body, piece.end);
        continue;
      }
      const leadsOn = piece.heading && pieces[index + 1]?.marked === true;
      const drafts = leadsOn ? [] : this.duty(block, piece, context);
      if (piece.assignment && (leadsOn || drafts.length > 0)) {
        context = { ...inherited, ...handedDown(piece.assignment, 'own'), due: null, extendable: true };
      }
      all.push(...drafts);
    }
    return all;
  }

  /** "Kiểm tra …; yêu cầu chủ đầu tư …" below the heading of an agency: one duty of it. */
  private isForPartners(block: Block, { assignment, start, end }: Piece, inherited: Inherited): boolean {
    return assignment !== null && isForThemselves(assignment, part(block.body, start, end), inherited);
  }

  private duty(block: Block, piece: Piece, inherited: Inherited): TaskDraft[] {
    const text = part(block.body, piece.start, piece.end);
    const named = piece.assignment ?? this.addressed(text);
    const assignment = named && isForThemselves(named, text, inherited) ? null : named;
    if (isFormula(text.folded) || COUNT.test(text.folded) || isAppeal(block, piece)) return [];
    if (!assignment && this.assignments.reports(text)) return [];
    if (piece.idle && assignment?.origin !== 'assigned') return [];
    const bodyText = part(block.body, Math.max(piece.start, assignment?.bodyStart ?? piece.start), piece.end);
    const untold = inherited.idle || (inherited.reported && LISTED.has(block.level));
    const anyway = assignment !== null && isToldAnyway(assignment, block.body, piece.due, this.reference.day);
    if (untold && !anyway && (assignment?.origin !== 'assigned' || LABEL.test(text.folded))) return [];
    const sounds = soundsLikeDuty(bodyText.folded);
    const duty = beginsDuty(bodyText.folded) || (inherited.source === 'heading' && sounds);
    const leads = assignment?.leads ?? inherited.leads;
    const lasting = CONTINUOUS.test(bodyText.folded);
    const due = onSameDay(piece.due, this.drafts) ?? (lasting ? null : inherited.due);
    if (!this.isTask(block, piece, { ...inherited, leads }, duty, assignment !== null)) return [];
    const collaborators = [...(assignment?.collaborators ?? [])];
    add(collaborators, this.assignments.collaborators(text));
    if (!assignment && collaborators.length === 0)
      collaborators.push(...this.sentenceCollaborators(block, inherited));
    return [
      {
        block,
        start:
          assignment && assignment.origin === 'assigned'
            ? Math.max(piece.start, assignment.start)
            : piece.start,
        end: endOf(block.body, piece.end),
        leads,
        collaborators: collaborators.filter(({ name }) => !leads.some((lead) => lead.name === name)),
        leadSource: assignment ? 'own' : inherited.source,
        origin: assignment?.origin ?? inherited.origin,
        due,
        dueSource: piece.due ? 'own' : inherited.source,
        extendable: piece.extendable && (piece.due !== null || inherited.extendable),
        person: assignment?.person ?? inherited.person,
        duty: sounds,
      },
    ];
  }

  /** "Chủ trì, phối hợp với B: …; đồng thời …" holds for the whole paragraph. */
  private sentenceCollaborators(block: Block, inherited: Inherited): NamedAgency[] {
    const opening = /^(?:chu tri,? )?phoi hop/.test(block.body.folded);
    return opening ? this.assignments.collaborators(part(block.body, 0, 250)) : inherited.collaborators;
  }

  private isTask(block: Block, piece: Piece, inherited: Inherited, duty: boolean, named: boolean): boolean {
    if (isStatement(part(block.body, piece.start, piece.end).folded) && !named) return false;
    if (named) return true;
    const listed = block.level !== 'plain' && block.level !== 'part';
    if (hasFields(block.children)) return true;
    if (inherited.leads.length === 0) return false;
    return (
      duty ||
      (listed && piece.start === 0 && inherited.source !== 'introduction') ||
      piece.due !== null ||
      piece.marked
    );
  }

  /** A line such as "Thời gian hoàn thành: …" says something of the task before it. */
  private field(block: Block, near: ReadonlySet<Block | null>): boolean {
    const field = readField(block.body);
    const task = this.drafts.at(-1);
    if (!field || (field.kind === 'other' && this.tells(field.value))) return false;
    if (!task || !near.has(task.block)) return true;
    if (field.kind === 'lead') {
      const leads = fieldAgencies(this.agencies, field.value);
      if (leads.length > 0) Object.assign(task, { leads, leadSource: 'field' });
    } else if (field.kind === 'collaborator') {
      add(task.collaborators, fieldAgencies(this.agencies, field.value));
    } else if (field.kind === 'due') {
      Object.assign(task, { due: fieldDue(field.value, this.reference), dueSource: 'field' });
    }
    return true;
  }

  /** "Kinh phí: Sở A bố trí …": words after a label that tell an agency what to do. */
  private tells(value: MappedText): boolean {
    const read = this.assignments.read(value);
    return (
      read !== null &&
      read.origin !== 'remark' &&
      !read.heading &&
      beginsDuty(value.folded.slice(read.bodyStart))
    );
  }

  private close(closing: Closing, from: number): void {
    const all = this.drafts.slice(from);
    const meant = closesOthers(closing, all.length > 0 ? all : this.drafts);
    for (const draft of closing.everywhere ? this.drafts : meant) {
      if (draft.due !== null) continue;
      Object.assign(draft, { due: closing.due, dueSource: 'closing', extendable: closing.extendable });
    }
  }
}

/** Without the punctuation and the "và" that lead on to what follows. */
function endOf(body: MappedText, end: number): number {
  const text = body.text.slice(0, end);
  return end - (/(?:[\s;,.:/]|[;,] và)+$/.exec(text.slice(-12))?.[0].length ?? 0);
}
