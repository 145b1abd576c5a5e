import type {
  AgencyRef,
  DatabaseKind,
  Lifecycle,
  OpenAttribute,
  OpenAttributeName,
  SharingScope,
  SystemKind,
  UseState,
} from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { agencyOf, quoted } from '#libs/workbooks';
import { ENTRY_CODE } from '../catalogue/entry.requests.js';
import { quarterOfText } from '../consolidation/words.js';
import type { EntryKey } from '../export/columns.js';
import { readOpenText } from '../export/open-text.js';
import { LIFECYCLE_WORDS, SHARING_WORDS, USE_WORDS } from '../export/words.js';
import type { Row } from './remarks.js';

/** What the cells of a row say of one attribute; null: that it has no value; undefined: nothing. */
type Stated<Value> = Value | null | undefined;

/** A state with its day and document; `to` is undefined where nothing is said of it. */
export interface StatedStep<State extends string> {
  to: State | undefined;
  on: string | null;
  document: string | null;
}

export interface StatedSecurity {
  level: Stated<number>;
  document: string | null;
  on: string | null;
  approver: string | null;
  recheckDue: string | null;
}

/** A database or system as its row states it; what only the other catalogue has is undefined. */
export interface StatedEntry<Kind extends string = string> {
  row: Row<EntryKey>;
  name: string | null;
  kind: Kind | null;
  code: Stated<string>;
  owner: Stated<AgencyRef>;
  operator: Stated<AgencyRef>;
  contact: Stated<string>;
  phone: string | null;
  email: string | null;
  lifecycle: StatedStep<Lifecycle>;
  use: StatedStep<UseState>;
  scope: Stated<string>;
  sharingScope: Stated<SharingScope>;
  targetQuarter: Stated<string>;
  security: StatedSecurity;
  source: { document: string | null; clause: string | null; asOf: string | null };
  note: string | null;
  /** What the row says of attributes without a value; null: nobody is named for it. */
  open: ReadonlyMap<OpenAttributeName, OpenAttribute | null>;
}

export type StatedDatabase = StatedEntry<DatabaseKind>;
export type StatedSystem = StatedEntry<SystemKind>;

export function readEntry<Kind extends string>(
  row: Row<EntryKey>,
  kinds: Readonly<Record<Kind, string>>,
  reference: ReferenceData,
): StatedEntry<Kind> {
  const cells = new AttributeCells(row, reference);
  return {
    row,
    name: row.requiredText('name', 500),
    kind: row.word('kind', kinds),
    code: cells.read('code', 'code', () => codeOf(row)),
    owner: cells.read('owner', 'owner', () => ownerOf(row, reference)),
    operator: cells.read('operator', 'operator', () => operatorOf(row, reference)),
    contact: cells.read('contact', 'technicalContact', () => row.text('contact', 300)),
    phone: row.text('phone', 50),
    email: row.text('email', 200),
    lifecycle: {
      to: known(cells.read('lifecycle', 'lifecycle', () => row.word('lifecycle', LIFECYCLE_WORDS))),
      on: row.day('lifecycleOn') ?? null,
      document: row.text('lifecycleDocument', 500),
    },
    use: {
      to: known(cells.read('use', 'use', () => row.word('use', USE_WORDS))),
      on: row.day('useOn') ?? null,
      document: row.text('useDocument', 500),
    },
    scope: cells.read('scope', 'scope', () => row.text('scope', 4_000, true)),
    sharingScope: cells.read('sharingScope', 'sharingScope', () => row.word('sharingScope', SHARING_WORDS)),
    targetQuarter: cells.read('targetQuarter', 'targetQuarter', () => quarterOf(row)),
    security: {
      level: cells.read('level', 'security', () => levelOf(row)),
      document: row.text('approval', 500),
      on: row.day('approvedOn') ?? null,
      approver: row.text('approver', 300),
      recheckDue: row.day('recheckDue') ?? null,
    },
    source: {
      document: row.text('source', 500),
      clause: row.text('clause', 200),
      asOf: row.day('sourceAsOf') ?? null,
    },
    note: row.text('note', 4_000, true),
    open: cells.open,
  };
}

function known<State extends string>(state: Stated<State>): State | 'not-determined' | undefined {
  return state === null ? 'not-determined' : state;
}

/** Cells that say a value, or that there is none, and who has to find it out. */
class AttributeCells {
  readonly open = new Map<OpenAttributeName, OpenAttribute | null>();

  constructor(
    private readonly row: Row<EntryKey>,
    private readonly reference: ReferenceData,
  ) {}

  /** @param value what the cell says when it says a value; null after a fault */
  read<Value>(key: EntryKey, attribute: OpenAttributeName, value: () => Value | null): Stated<Value> {
    const text = this.row.text(key, 4_000, true);
    if (text === null) return undefined;
    const words = readOpenText(text, attribute, this.reference);
    if (words === null) return value() ?? undefined;
    if ('fault' in words) {
      this.row.fault(key, words.fault);
      return undefined;
    }
    this.open.set(attribute, words.open);
    return null;
  }
}

function codeOf(row: Row<EntryKey>): string | null {
  const code = row.text('code', 100);
  if (code === null || ENTRY_CODE.test(code)) return code;
  row.fault('code', 'not-a-code', { value: quoted(code) });
  return null;
}

/** Former agencies are accepted, since documents of past years name them; groups of agencies own nothing. */
function ownerOf(row: Row<EntryKey>, reference: ReferenceData): AgencyRef | null {
  const words = row.text('owner', 500);
  const agency = words === null ? null : agencyOf(words, reference);
  if (agency && agency.kind !== 'group') return { code: agency.code, name: agency.name };
  if (words !== null) row.fault('owner', 'unknown-agency', { value: quoted(words) });
  return null;
}

/** An agency of the reference list, or else somebody by name, such as an enterprise. */
function operatorOf(row: Row<EntryKey>, reference: ReferenceData): AgencyRef | null {
  const words = row.text('operator', 300);
  if (words === null) return null;
  const agency = agencyOf(words, reference);
  const isKnown = agency !== null && agency.kind !== 'group';
  return isKnown ? { code: agency.code, name: agency.name } : { code: null, name: words };
}

function quarterOf(row: Row<EntryKey>): string | null {
  const text = row.text('targetQuarter', 100);
  const quarter = text === null ? null : quarterOfText(text);
  if (text !== null && quarter === null) row.fault('targetQuarter', 'not-a-quarter', { value: quoted(text) });
  return quarter;
}

function levelOf(row: Row<EntryKey>): number | null {
  const text = row.text('level', 100);
  if (text === null) return null;
  if (/^[1-5]$/.test(text)) return Number(text);
  row.fault('level', 'not-one-of', { value: quoted(text), values: '1; 2; 3; 4; 5' });
  return null;
}
