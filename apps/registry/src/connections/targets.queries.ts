import { Injectable } from '@nestjs/common';
import {
  CONNECTION_STATES,
  type ConnectionState,
  type DatabaseRef,
  type RegistryConnectionState,
} from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { DatabasesQueries } from '../databases/databases.service.js';
import { ListStore } from '../lists/list.store.js';
import { ConnectionStore } from './connection.store.js';

/** A database of a list, and how far its connections are. */
export interface TargetLine {
  position: number;
  database: DatabaseRef;
  state: ConnectionState;
  connections: number;
}

/** How far a list is as a whole. */
export interface ListStanding {
  expected: number | null;
  named: number;
  connected: number;
  operational: number;
}

/** From the furthest to the least; what ended counts as not connected. */
const FURTHEST: readonly ConnectionState[] = ['in-use', 'upgrading', 'trial', 'planned', 'not-connected'];

/** Lists seen by their connections, such as the 12 national and sector databases of 2026. */
@Injectable()
export class TargetsQueries {
  constructor(
    private readonly lists: ListStore,
    private readonly connections: ConnectionStore,
    private readonly databases: DatabasesQueries,
  ) {}

  /** @throws problem `not-found` */
  async standing(listId: string): Promise<ListStanding> {
    const { expected } = await this.lists.read(listId);
    const lines = await this.lines(listId);
    const databases = await this.databases.many(lines.map(({ database }) => database.id));
    const operational = [...databases.values()].filter(({ lifecycle }) => lifecycle === 'in-operation');
    return {
      expected,
      named: lines.length,
      connected: lines.filter(({ state }) => state === 'in-use' || state === 'upgrading').length,
      operational: operational.length,
    };
  }

  /** In the order of the list. @throws problem `not-found` */
  async page(listId: string, query: CursorQuery): Promise<Page<TargetLine>> {
    const [after = 0] = decodeCursor<[number]>(query.cursor, { listId }, ['integer']) ?? [];
    const lines = (await this.lines(listId)).filter(({ position }) => position > after);
    return toPage(lines.slice(0, query.limit + 1), query.limit, ({ position }) => [position], { listId });
  }

  private async lines(listId: string): Promise<TargetLine[]> {
    const { entries } = await this.lists.read(listId);
    const present = entries.filter(({ removedOn }) => removedOn === null);
    const connections = await this.connections.toDatabases(present.map(({ database }) => database.id));
    return present.map(({ position, database }) => {
      const own = connections.filter(({ target }) => target.database?.id === database.id);
      return { position, database, state: furthestOf(own), connections: own.length };
    });
  }
}

function furthestOf(connections: readonly RegistryConnectionState[]): ConnectionState {
  const states = new Set(connections.map(({ state }) => state));
  return FURTHEST.find((state) => states.has(state)) ?? CONNECTION_STATES[0];
}
