import type { OpenAttribute, OpenAttributeName } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { agencyCell, agencyOf, dayOfText } from '#libs/workbooks';
import { UNKNOWN } from '../consolidation/words.js';
import { writtenDay } from '../reports/report-states.js';

export const NOT_APPLICABLE = 'Không áp dụng';

/**
 * What a cell says of an attribute without a value: "Không áp dụng: reason", "Chưa xác định: unit, hạn day; reason", or
 * the words alone where nobody has spoken of it. {@link readOpenText} reads it back.
 */
export function openText(open: readonly OpenAttribute[], attribute: OpenAttributeName): string {
  const stated = open.find((one) => one.attribute === attribute);
  if (stated === undefined || !isStated(stated)) return UNKNOWN;
  const { status, responsible, due, reason } = stated;
  if (status === 'not-applicable') return `${NOT_APPLICABLE}: ${reason ?? ''}`;
  const unit = responsible === null ? '' : agencyCell(responsible);
  const day = due === null ? '' : writtenDay(due);
  return `${UNKNOWN}: ${unit}, hạn ${day}${reason === null ? '' : `; ${reason}`}`;
}

/** Whether somebody stated it; else it only follows from the missing value, and has no day. */
export function isStated({ status, due }: OpenAttribute): boolean {
  return status === 'not-applicable' || due !== null;
}

/** What a cell says instead of a value; `open` is null where nobody is named. */
export type OpenWords = { open: OpenAttribute | null } | { fault: 'open-reason' | 'open-unit' };

const NOT_APPLICABLE_TEXT = /^không áp dụng(?:\s*[:–-]\s*(.+))?$/isu;
const UNKNOWN_TEXT = /^chưa xác định(?:\s*[:–-]\s*(.+))?$/isu;
const UNIT_AND_DAY = /^(.+?),\s*hạn\s+(\S+?)(?:;\s*(.+))?$/isu;

/** @returns null for a cell that says a value */
export function readOpenText(
  text: string,
  attribute: OpenAttributeName,
  reference: ReferenceData,
): OpenWords | null {
  const exempt = NOT_APPLICABLE_TEXT.exec(text);
  if (exempt) {
    const [, reason] = exempt;
    if (reason === undefined) return { fault: 'open-reason' };
    return { open: { attribute, status: 'not-applicable', responsible: null, due: null, reason } };
  }
  const unknown = UNKNOWN_TEXT.exec(text);
  if (!unknown) return null;
  if (unknown[1] === undefined) return { open: null };
  const [, unit = '', day = '', reason = null] = UNIT_AND_DAY.exec(unknown[1]) ?? [];
  const agency = agencyOf(unit.trim(), reference);
  const due = dayOfText(day);
  if (!agency?.current || due === null) return { fault: 'open-unit' };
  const responsible = { code: agency.code, name: agency.name };
  return { open: { attribute, status: 'not-determined', responsible, due, reason } };
}
