import type { Actor } from '#libs/auth';
import { changedFields, type RegistryEntryState } from '#libs/contracts';
import type { LifecycleMove, UseMove } from '../catalogue/catalogue.js';
import type { EntryContent } from '../catalogue/entry-state.js';
import { LIFECYCLE_TRANSITIONS } from '../catalogue/lifecycle-transitions.js';
import { USE_TRANSITIONS } from '../catalogue/use-transitions.js';
import type { EntryKey } from '../export/columns.js';
import { isStated } from '../export/open-text.js';
import { LIFECYCLE_WORDS, USE_WORDS } from '../export/words.js';
import { type Details, detailsOf } from './entry-content.js';
import { type Match, matchEntries } from './entry-matching.js';
import { SheetTally } from './import-result.js';
import type { StatedEntry } from './stated-entry.js';
import { attempt, readStep, type StepForm } from './steps.js';

/** The service of a catalogue, as far as an import calls it: each call is what the API does for one request. */
export interface EntryWrites<Kind extends string, State extends RegistryEntryState<Kind>> {
  create(actor: Actor, content: EntryContent<Kind> & Partial<State>): Promise<State>;
  change(actor: Actor, id: string, changes: Details<Kind>, ifMatch: number | undefined): Promise<State>;
  move(actor: Actor, id: string, move: LifecycleMove, ifMatch: number | undefined): Promise<State>;
  moveUse(actor: Actor, id: string, move: UseMove, ifMatch: number | undefined): Promise<State>;
}

/** What a catalogue does with a row beyond what both have; answers the entry afterwards, null when it was refused. */
export type Further<Kind extends string, State> = (
  stated: StatedEntry<Kind>,
  entry: State,
) => Promise<State | null>;

const LIFECYCLE: StepForm<EntryKey, keyof typeof LIFECYCLE_WORDS> = {
  words: LIFECYCLE_WORDS,
  transitions: LIFECYCLE_TRANSITIONS,
  keys: { state: 'lifecycle', on: 'lifecycleOn', document: 'lifecycleDocument' },
};
const USE: StepForm<EntryKey, keyof typeof USE_WORDS> = {
  words: USE_WORDS,
  transitions: USE_TRANSITIONS,
  keys: { state: 'use', on: 'useOn', document: 'useDocument' },
};

/** Columns at which refusals are told, by problem or field. */
const COLUMNS: Readonly<Record<string, EntryKey>> = {
  'name-taken': 'name',
  'code-taken': 'code',
  'other-agency': 'owner',
  lifecycleOn: 'lifecycleOn',
};
const LIFECYCLE_COLUMNS = { ...COLUMNS, on: 'lifecycleOn' } as const;
const USE_COLUMNS = { ...COLUMNS, on: 'useOn' } as const;

/** Takes over the rows of one sheet of objects. What is refused is noted at its row. */
export class EntryImport<Kind extends string, State extends RegistryEntryState<Kind>> {
  private readonly tally = new SheetTally();

  constructor(
    private readonly actor: Actor,
    private readonly service: EntryWrites<Kind, State>,
    private readonly further: Further<Kind, State>,
  ) {}

  /** @param entries the whole catalogue as it is */
  async take(rows: readonly StatedEntry<Kind>[], entries: readonly State[]): Promise<SheetTally> {
    for (const match of matchEntries(rows, entries)) await this.takeRow(match);
    return this.tally;
  }

  private async takeRow({ stated, before }: Match<Kind, State>): Promise<void> {
    const { row } = stated;
    const described = before === null ? await this.create(stated) : await this.describe(stated, before);
    const moved = described && (await this.move(stated, described));
    const used = moved && (await this.moveUse(stated, moved));
    const after = used && (await this.further(stated, used));
    if (!after) return;
    if (before === null) this.tally.created(row, after.id, after.name);
    else this.tally.kept(row, after.id, after.name, changedFields(before, after));
  }

  private async create(stated: StatedEntry<Kind>): Promise<State | null> {
    const { row, name, kind, lifecycle } = stated;
    const details = detailsOf(stated, null);
    if (kind === null) row.fault('kind', 'required');
    if (name === null || kind === null || row.isFaulty) return null;
    const content = {
      owner: null,
      source: null,
      note: null,
      ...details,
      name,
      kind,
      lifecycle: lifecycle.to ?? 'not-determined',
      lifecycleOn: lifecycle.on,
      lifecycleDocument: lifecycle.document,
    };
    return attempt(row, COLUMNS, () =>
      this.service.create(this.actor, content as EntryContent<Kind> & Partial<State>),
    );
  }

  /** An unchanged row of another agency's entry is no attempt to change it. */
  private async describe(stated: StatedEntry<Kind>, before: State): Promise<State | null> {
    const { row } = stated;
    const details = detailsOf(stated, before);
    if (row.isFaulty) return null;
    if (!isNews(details, before)) return before;
    const { id, version } = before;
    return attempt(row, COLUMNS, () => this.service.change(this.actor, id, details, version));
  }

  private async move({ row, lifecycle }: StatedEntry<Kind>, entry: State): Promise<State | null> {
    const { id, version, lifecycle: state, lifecycleOn: on, lifecycleDocument: document } = entry;
    const step = readStep(row, LIFECYCLE, lifecycle, { state, on, document });
    if (!step) return row.isFaulty ? null : entry;
    return attempt(row, LIFECYCLE_COLUMNS, () =>
      this.service.move(this.actor, id, { ...step, note: null }, version),
    );
  }

  private async moveUse({ row, use }: StatedEntry<Kind>, entry: State): Promise<State | null> {
    const { id, version, use: state, useOn: on, useDocument: document } = entry;
    const step = readStep(row, USE, use, { state, on, document });
    if (!step) return row.isFaulty ? null : entry;
    return attempt(row, USE_COLUMNS, () =>
      this.service.moveUse(this.actor, id, { ...step, note: null }, version),
    );
  }
}

function isNews(details: object, before: RegistryEntryState<string>): boolean {
  const known = { ...before, openAttributes: before.openAttributes.filter(isStated) };
  return changedFields<object>(known, { ...known, ...details }).length > 0;
}
