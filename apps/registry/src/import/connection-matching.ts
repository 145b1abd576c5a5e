import type { RegistryConnectionState } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { ConnectionSides } from '../connections/connections.service.js';
import type { StatedConnection } from './stated-connection.js';

/** A row whose two sides are known. */
export interface SidedRow {
  stated: StatedConnection;
  sides: ConnectionSides;
}

/** A row, and the connection that it is about; null: a new one. */
export interface ConnectionMatch extends SidedRow {
  before: RegistryConnectionState | null;
}

type Rule = (stated: StatedConnection, connection: RegistryConnectionState) => boolean;

/**
 * A connection has neither a code nor a name: it is known by its sides, then by what of the row it already says. Rules
 * from the strictest on; one that ended is not taken for another, since what comes back is a new connection.
 */
const RULES: readonly Rule[] = [
  (stated, connection) => stated.channel === connection.channel && stated.state === connection.state,
  (stated, connection) => isOpen(connection) && stated.channel === connection.channel,
  (stated, connection) => isOpen(connection) && (stated.channel == null || connection.channel === null),
  (stated) => stated.state === null && stated.channel === undefined,
];

export function matchConnections(
  rows: readonly SidedRow[],
  connections: readonly RegistryConnectionState[],
): ConnectionMatch[] {
  const free = new Set(connections);
  const found = new Map<SidedRow, RegistryConnectionState>();
  for (const rule of RULES) {
    for (const row of rows) {
      if (found.has(row)) continue;
      const connection = [...free].find((one) => isBetween(row.sides, one) && rule(row.stated, one));
      if (!connection) continue;
      found.set(row, connection);
      free.delete(connection);
    }
  }
  return rows.map((row) => ({ ...row, before: found.get(row) ?? null }));
}

function isOpen({ state }: RegistryConnectionState): boolean {
  return state !== 'ended';
}

function isBetween(sides: ConnectionSides, { database, system, target }: RegistryConnectionState): boolean {
  const platform = sides.targetPlatform;
  return (
    sides.databaseId === (database?.id ?? null) &&
    sides.systemId === (system?.id ?? null) &&
    sides.targetDatabaseId === (target.database?.id ?? null) &&
    (platform === null || foldVietnamese(platform) === foldVietnamese(target.platform ?? ''))
  );
}
