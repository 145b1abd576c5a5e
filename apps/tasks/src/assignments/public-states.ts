import { Injectable } from '@nestjs/common';
import type { Deadline } from '#libs/calendar';
import { PreparedReads } from './prepared-reads.js';

/** Names one version of a task. */
export interface VersionKey {
  id: string;
  version: number;
}

/** What a list says of a version, whenever it is asked for. */
export interface KeptState {
  /** The public state as JSON in UTF-8, without the closing brace: what depends on the day follows. */
  json: Buffer;
  deadline: Deadline;
  dueSoonWorkingDays: number;
  /** Whether it has parts; splitting is a version of its own. */
  wasSplit: boolean;
}

interface StateRow extends VersionKey {
  json: string;
  state: Deadline['state'];
  lastDay: string | null;
  completedOn: string | null;
  dueSoonWorkingDays: number;
  wasSplit: boolean;
}

/** Bytes of JSON that are kept at most in each of the two generations: of some 10,000 tasks. */
const GENERATION_BYTES = 8_000_000;

const COLUMNS = `public_state::text AS json, version_of.state, last_day::text AS "lastDay",
  completed_on::text AS "completedOn", due_soon_working_days AS "dueSoonWorkingDays",
  EXISTS (SELECT 1 FROM task child WHERE child.parent_id = version_of.id) AS "wasSplit"`;
const READ = ['task', 'task_past']
  .map(
    (table) => `
  SELECT version_of.id, version_of.version, ${COLUMNS}
  FROM unnest($1::uuid[], $2::integer[]) AS wanted (id, version)
    JOIN ${table} version_of ON version_of.id = wanted.id AND version_of.version = wanted.version`,
  )
  .join(' UNION ALL ');

/**
 * The public states of versions. A version never changes, so that what was read once stays right: no change needs to be
 * noticed, and pages that many ask for are put together of bytes that are here already.
 */
@Injectable()
export class PublicStates {
  private young = new Map<string, KeptState>();
  private youngBytes = 0;
  private old = new Map<string, KeptState>();

  constructor(private readonly reads: PreparedReads) {}

  /**
   * In the order of the keys.
   *
   * @returns undefined when one of them is gone: its task was changed again since the keys were read, on the same day
   */
  async of(keys: readonly VersionKey[]): Promise<KeptState[] | undefined> {
    const found = keys.map((key) => this.find(nameOf(key)));
    const missing = keys.filter((_key, index) => !found[index]);
    if (missing.length > 0) {
      const values = [missing.map(({ id }) => id), missing.map(({ version }) => version)];
      const rows = await this.reads.query<StateRow>({ text: READ, values });
      const read = new Map(rows.map((row) => [nameOf(row), this.keep(row)]));
      for (const [index, key] of keys.entries()) found[index] ??= read.get(nameOf(key));
    }
    return found.every((state) => state !== undefined) ? found : undefined;
  }

  private find(name: string): KeptState | undefined {
    const young = this.young.get(name);
    if (young) return young;
    const known = this.old.get(name);
    if (known) this.add(name, known);
    return known;
  }

  private keep(row: StateRow): KeptState {
    const { state, lastDay, completedOn, dueSoonWorkingDays, wasSplit } = row;
    const json = Buffer.from(row.json.slice(0, -1));
    const kept = { json, deadline: { state, lastDay, completedOn }, dueSoonWorkingDays, wasSplit };
    this.add(nameOf(row), kept);
    return kept;
  }

  /** What was not asked for while a generation grew goes with the one before. */
  private add(name: string, state: KeptState): void {
    if (this.youngBytes >= GENERATION_BYTES) {
      this.old = this.young;
      this.young = new Map();
      this.youngBytes = 0;
    }
    this.young.set(name, state);
    this.youngBytes += state.json.length;
  }
}

function nameOf({ id, version }: VersionKey): string {
  return `${id} ${version}`;
}
