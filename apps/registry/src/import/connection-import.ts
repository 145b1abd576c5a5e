import type { Actor } from '#libs/auth';
import { changedFields, type DatabaseRef, type RegistryConnectionState } from '#libs/contracts';
import { quoted } from '#libs/workbooks';
import type {
  ConnectionDetails,
  ConnectionSides,
  ConnectionsService,
} from '../connections/connections.service.js';
import { CONNECTION_TRANSITIONS } from '../connections/connection-transitions.js';
import type { ConnectionKey } from '../export/connection-columns.js';
import { CONNECTION_WORDS } from '../export/words.js';
import { type ConnectionMatch, matchConnections, type SidedRow } from './connection-matching.js';
import { SheetTally } from './import-result.js';
import type { StatedConnection } from './stated-connection.js';
import { attempt, readStep, type StepForm } from './steps.js';

const STATE: StepForm<ConnectionKey, keyof typeof CONNECTION_WORDS> = {
  words: CONNECTION_WORDS,
  transitions: CONNECTION_TRANSITIONS,
  keys: { state: 'state', on: 'stateOn' },
};
const COLUMNS: Readonly<Record<string, ConnectionKey>> = {
  'other-agency': 'own',
  'same-side': 'target',
  targetDatabaseId: 'target',
  stateOn: 'stateOn',
  on: 'stateOn',
};

/** Longest name of a platform. */
const PLATFORM_LENGTH = 300;

/** Objects of the catalogue, those of the file among them. */
export interface Objects {
  databases: readonly (DatabaseRef & { code: string | null })[];
  systems: readonly (DatabaseRef & { code: string | null })[];
}

/** Takes over the rows of the sheet of relations. What is refused is noted at its row. */
export class ConnectionImport {
  private readonly tally = new SheetTally();

  constructor(
    private readonly actor: Actor,
    private readonly service: ConnectionsService,
    private readonly objects: Objects,
  ) {}

  /** @param connections all that are known */
  async take(
    rows: readonly StatedConnection[],
    connections: readonly RegistryConnectionState[],
  ): Promise<SheetTally> {
    const sided = rows.flatMap((stated): SidedRow[] => {
      const sides = this.sidesOf(stated);
      return sides === null || stated.row.isFaulty ? [] : [{ stated, sides }];
    });
    for (const match of matchConnections(sided, connections)) await this.takeRow(match);
    return this.tally;
  }

  private async takeRow({ stated, sides, before }: ConnectionMatch): Promise<void> {
    const { row } = stated;
    const name = `${stated.own ?? ''} – ${stated.target ?? ''}`;
    const details = detailsOf(stated, before);
    if (before === null) {
      const state = { state: stated.state ?? ('not-connected' as const), stateOn: stated.stateOn };
      const made = await attempt(row, COLUMNS, () => this.service.create(this.actor, sides, details, state));
      if (made) this.tally.created(row, made.id, name);
      return;
    }
    const changed = await this.change(before, details, stated);
    if (changed) this.tally.kept(row, changed.id, name, changedFields(before, changed));
  }

  private async change(
    before: RegistryConnectionState,
    details: ConnectionDetails,
    { row, state: to, stateOn }: StatedConnection,
  ): Promise<RegistryConnectionState | null> {
    const { actor, service } = this;
    const told = { to: to ?? undefined, on: stateOn, document: null };
    const step = readStep(row, STATE, told, { state: before.state, on: before.stateOn, document: null });
    if (row.isFaulty) return null;
    return attempt(row, COLUMNS, async () => {
      const { id, version } = before;
      const isNews = changedFields<object>(before, { ...before, ...details }).length > 0;
      const described = isNews ? await service.change(actor, id, details, version) : before;
      return step ? service.move(actor, id, { ...step, note: null }, described.version) : described;
    });
  }

  private sidesOf({ row, side, own, targetKind, target }: StatedConnection): ConnectionSides | null {
    if (own === null || target === null) return null;
    const database = side === 'system' ? undefined : find(this.objects.databases, own);
    const system = side === 'database' ? undefined : find(this.objects.systems, own);
    if (database && system) row.fault('own', 'object-ambiguous', { value: quoted(own) });
    if (!database && !system) row.fault('own', 'unknown-object', { value: quoted(own) });
    const targetDatabase = targetKind === 'platform' ? undefined : find(this.objects.databases, target);
    if (targetKind === 'database' && !targetDatabase)
      row.fault('target', 'unknown-object', { value: quoted(target) });
    if (!targetDatabase && target.length > PLATFORM_LENGTH)
      row.fault('target', 'too-long', { max: PLATFORM_LENGTH });
    return {
      databaseId: database?.id ?? null,
      systemId: system?.id ?? null,
      targetDatabaseId: targetDatabase?.id ?? null,
      targetPlatform: targetDatabase ? null : target,
    };
  }
}

/** By code or name. */
function find(objects: Objects['databases'], words: string): DatabaseRef | undefined {
  return objects.find(({ code }) => code === words) ?? objects.find(({ name }) => name === words);
}

/** What the row says nothing about stays. Documents are not in the file. */
function detailsOf(stated: StatedConnection, before: RegistryConnectionState | null): ConnectionDetails {
  const { channel, frequency, legalGround, protection, note } = stated;
  const kept = <Value>(value: Value | null | undefined, known: Value | null | undefined): Value | null =>
    value === undefined ? (known ?? null) : value;
  return {
    channel: kept(channel, before?.channel),
    frequency: kept(frequency, before?.frequency),
    legalGround: kept(legalGround, before?.legalGround),
    protection: kept(protection, before?.protection),
    documents: before?.documents ?? [],
    note: note ?? before?.note ?? null,
  };
}
