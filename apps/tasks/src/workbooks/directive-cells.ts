import type { DirectiveState } from '#libs/contracts';
import { agencyCell, type RowValues } from '#libs/workbooks';
import { writtenDay } from '../reminders/task-texts.js';
import { type DirectiveKey, KIND_WORDS } from './columns.js';

/** Longest name of a directive in a file. */
const LONGEST = 120;

/** Names directives in a file: by number and day where they have them, each differently. */
export class DirectiveLabels {
  private readonly labels = new Map<string, string>();
  private readonly taken = new Map<string, number>();

  of(directive: DirectiveState): string {
    const known = this.labels.get(directive.id);
    if (known !== undefined) return known;
    const plain = plainLabel(directive);
    const times = (this.taken.get(plain) ?? 0) + 1;
    this.taken.set(plain, times);
    const label = times === 1 ? plain : `${plain} #${times}`;
    this.labels.set(directive.id, label);
    return label;
  }
}

function plainLabel({ number, symbol, kind, issuer, issuedOn, meetingOn, subject }: DirectiveState): string {
  const day = issuedOn ?? meetingOn;
  const words = [
    number ?? [KIND_WORDS[kind], symbol].filter(Boolean).join(' '),
    day === null ? null : `${issuedOn === null ? 'họp' : 'ngày'} ${writtenDay(day)}`,
    `(${issuer.code ?? issuer.name})`,
    number === null ? subject : null,
  ];
  const label = words.filter((word) => word !== null).join(' ');
  return label.length <= LONGEST ? label : `${label.slice(0, LONGEST - 1).trimEnd()}…`;
}

export function directiveCells(directive: DirectiveState, label: string): RowValues<DirectiveKey> {
  const { number, symbol, kind, issuer, issuedOn, meetingOn, subject, dueSoonWorkingDays } = directive;
  return {
    label,
    number,
    symbol,
    kind: KIND_WORDS[kind],
    issuer: agencyCell(issuer),
    issuedOn,
    meetingOn,
    subject,
    threshold: dueSoonWorkingDays,
  };
}
