import { CONNECTION_CHANNELS, type ConnectionChannel, type ConnectionState } from '#libs/contracts';
import type { ConnectionKey } from '../export/connection-columns.js';
import { CONNECTION_WORDS, SIDE_WORDS, TARGET_WORDS, UNKNOWN } from '../export/words.js';
import type { Row } from './remarks.js';

/** A connection as its row states it; null: not determined; undefined: nothing is said. */
export interface StatedConnection {
  row: Row<ConnectionKey>;
  side: keyof typeof SIDE_WORDS | null;
  own: string | null;
  targetKind: keyof typeof TARGET_WORDS | null;
  target: string | null;
  channel: ConnectionChannel | null | undefined;
  state: ConnectionState | null;
  stateOn: string | null;
  frequency: string | null | undefined;
  legalGround: string | null | undefined;
  protection: string | null | undefined;
  note: string | null;
}

const CHANNEL_WORDS = Object.fromEntries(CONNECTION_CHANNELS.map((channel) => [channel, channel])) as Record<
  ConnectionChannel,
  string
>;

export function readConnection(row: Row<ConnectionKey>): StatedConnection {
  return {
    row,
    side: row.word('side', SIDE_WORDS),
    own: row.requiredText('own', 500),
    targetKind: row.word('targetKind', TARGET_WORDS),
    target: row.requiredText('target', 500),
    channel: row.is('channel', UNKNOWN) ? null : (row.word('channel', CHANNEL_WORDS) ?? undefined),
    state: row.word('state', CONNECTION_WORDS),
    stateOn: row.day('stateOn') ?? null,
    frequency: textOf(row, 'frequency', 300, false),
    legalGround: textOf(row, 'legalGround', 1_000, false),
    protection: textOf(row, 'protection', 2_000, true),
    note: row.text('note', 4_000, true),
  };
}

function textOf(
  row: Row<ConnectionKey>,
  key: ConnectionKey,
  max: number,
  multiline: boolean,
): string | null | undefined {
  return row.is(key, UNKNOWN) ? null : (row.text(key, max, multiline) ?? undefined);
}
