import type { Block } from '../layout/outline.js';
import type { MappedText } from '../text/mapped-text.js';
import type { Assignment } from './assignment.js';
import type { Inherited } from './draft.js';
import type { DueMention } from './due-reader.js';
import { IDLE_HEADING, WORK_HEADING } from './heading-words.js';
import { beginsDuty } from './verbs.js';

/** "Sở A chủ trì …" beside "Sở A đã …". */
const CHARGED = /(?<![a-z])(?:chu tri|co trach nhiem|chiu trach nhiem|khan truong|duoc giao)(?![a-z])/;

/** Whether a paragraph is the heading of a part that sets goals, gives grounds or tells what was done. */
export function isIdleHeading({ text, folded }: MappedText): boolean {
  return IDLE_HEADING.test(folded) && text.length < 120 && !/[.;,]$/.test(text);
}

/**
 * What holds for a block after a plain line such as "Đánh giá chung": it says nothing of the parts, and of the heading of
 * what is to be done, that follow it.
 *
 * @param context what holds after the blocks before it
 * @param around what holds for it and all its siblings
 */
export function besideIdlePart({ level, body }: Block, context: Inherited, around: Inherited): Inherited {
  if (!context.idle || context.outside === null) return context;
  const higher = !around.idle && (level === 'part' || level === 'roman' || level === 'article');
  const work = level === 'plain' && WORK_HEADING.test(body.folded) && !isIdleHeading(body);
  return higher || work ? context.outside : context;
}

/** "Sở A chủ trì …", "Sở A hoàn thành … trước ngày X" is told to be done, whatever the heading above it says. */
export function isToldAnyway(
  { origin, start, bodyStart, heading }: Assignment,
  text: MappedText,
  due: DueMention | null,
  day: string,
): boolean {
  if (origin !== 'subject' || heading || !beginsDuty(text.folded.slice(bodyStart))) return false;
  const ahead = due !== null && !due.doubtful && due.date !== null && due.date > day;
  return ahead || CHARGED.test(text.folded.slice(start, bodyStart));
}
