import { type WorkingCalendar } from '#libs/calendar';
import type { TaskDue } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { AgencyReader, type NamedAgency } from './agencies/agency-reader.js';
import { KnownAgencies } from './agencies/known-agencies.js';
import { TaskCollector } from './duties/collector.js';
import { judge, type TaskDraft } from './duties/draft.js';
import { bodyOf, readAddressees } from './layout/body.js';
import { readOutline } from './layout/outline.js';
import { readParagraphs } from './layout/paragraphs.js';
import { aboveTitle, type DirectiveHeader, readHeader } from './header/header.js';
import { isOfHome } from './header/home.js';
import { part, sourceSpan } from './text/mapped-text.js';

/** A task that a document sets, as it was read. */
export interface ExtractedTask {
  /** Words of the source. */
  text: string;
  /** Offsets [start, end) in the source. */
  span: [number, number];
  clause: string | null;
  leads: NamedAgency[];
  collaborators: NamedAgency[];
  due: Omit<TaskDue, 'extendable'>;
  extendable: boolean;
  /** 0–1. */
  confidence: number;
  /** So unsure that an officer should look there first. */
  needsCheck: boolean;
  /** What it was read from and what is doubtful, in Vietnamese. */
  reason: string;
}

export interface ExtractedDirective {
  header: Omit<DirectiveHeader, 'notBefore'>;
  tasks: ExtractedTask[];
}

/** The Party's committee and the council of a province direct its People's Committee. */
const ABOVE_COMMITTEE =
  /^(?:(?:Văn phòng )?(?:Tỉnh|Thành) [uủ][yỷ]|(?:Văn phòng )?(?:HĐND|Hội đồng nhân dân) (?:tỉnh|thành phố))/u;

/** What the reading of a document needs to know besides its text. */
export interface Surroundings {
  reference: ReferenceData;
  calendar: WorkingCalendar;
  /** Day that dates without a year are counted from when the document states none of its own. */
  today: string;
}

/** Reads header and tasks of a directive's text, which must be in NFC: spans are offsets in it. */
export function extractDirective(
  source: string,
  { reference, calendar, today }: Surroundings,
): ExtractedDirective {
  const paragraphs = readParagraphs(source);
  const known = new KnownAgencies(reference, isOfHome(aboveTitle(paragraphs), reference));
  const { notBefore, ...header } = readHeader(paragraphs, known);
  const agencies = new AgencyReader(known);
  agencies.learn(paragraphs);
  const day = header.date ?? header.meetingOn ?? notBefore ?? today;
  const collector = new TaskCollector(
    agencies,
    { day, dated: header.date !== null, calendar },
    readAddressees(paragraphs, agencies),
    ABOVE_COMMITTEE.test(header.issuer.name ?? ''),
  );
  const drafts = collector.collect(readOutline(bodyOf(paragraphs)));
  return { header, tasks: drafts.map(toTask).sort((a, b) => a.span[0] - b.span[0]) };
}

function toTask(draft: TaskDraft): ExtractedTask {
  const { block, due, extendable, leads, collaborators } = draft;
  const text = part(block.body, draft.start, draft.end);
  return {
    text: text.text,
    span: sourceSpan(text),
    clause: block.clause,
    leads,
    collaborators,
    due: {
      date: due?.date ?? null,
      lastDay: due?.lastDay ?? null,
      phrase: due?.phrase ?? null,
      recurrence: due?.recurrence ?? null,
    },
    extendable,
    ...judge(draft, block.clause),
  };
}
