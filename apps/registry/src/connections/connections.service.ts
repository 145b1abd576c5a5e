import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  type ConnectionState,
  problem,
  REGISTRY_CONNECTION_CHANGED,
  REGISTRY_CONNECTION_REGISTERED,
  REGISTRY_CONNECTION_STATE_CHANGED,
  type RegistryConnectionState,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayWriteEntry } from '../access/registry-access.js';
import { checkDay } from '../catalogue/lifecycle-rules.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { registryProblem } from '../problems.js';
import { SystemsQueries } from '../systems/systems.service.js';
import { CONNECTION_TRANSITIONS } from './connection-transitions.js';
import { ConnectionStore } from './connection.store.js';

/** What may be said about a connection and changed later. */
export type ConnectionDetails = Pick<
  RegistryConnectionState,
  'channel' | 'frequency' | 'legalGround' | 'protection' | 'documents' | 'note'
>;

/** Both sides of a new connection, by id; each side one of two. */
export interface ConnectionSides {
  databaseId: string | null;
  systemId: string | null;
  targetDatabaseId: string | null;
  targetPlatform: string | null;
}

export interface ConnectionMove {
  to: ConnectionState;
  /** yyyy-MM-dd */
  on: string;
  document: string | null;
  note: string | null;
}

/** Connections of the province's databases and systems to others; the owner of the own side keeps them. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly connections: ConnectionStore,
    private readonly databases: DatabasesQueries,
    private readonly systems: SystemsQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `validation-failed` */
  create(
    actor: Actor,
    sides: ConnectionSides,
    details: ConnectionDetails,
    { state, stateOn }: Pick<RegistryConnectionState, 'state' | 'stateOn'>,
  ): Promise<RegistryConnectionState> {
    checkSides(sides);
    if (stateOn !== null && stateOn > this.clock.today()) {
      throw fieldProblem({ field: 'stateOn', code: 'too-large', parameters: { max: this.clock.today() } });
    }
    return this.transactions.run(async (manager) => {
      const owner = await this.ownerOf(sides);
      if (!mayWriteEntry(actor, owner)) throw problem('other-agency');
      if (sides.targetDatabaseId !== null) await this.databases.read(sides.targetDatabaseId);
      const id = uuidv7();
      await manager.query(
        `INSERT INTO registry_connection (id, version, database_id, system_id, target_database_id, target_platform,
           channel, frequency, legal_ground, protection, state, state_on, documents, note)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id,
          sides.databaseId,
          sides.systemId,
          sides.targetDatabaseId,
          sides.targetPlatform,
          details.channel,
          details.frequency,
          details.legalGround,
          details.protection,
          state,
          stateOn,
          JSON.stringify(details.documents),
          details.note,
        ],
      );
      return this.connections.added(actor, id, { type: REGISTRY_CONNECTION_REGISTERED });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version` */
  change(
    actor: Actor,
    id: string,
    changes: Partial<ConnectionDetails>,
    ifMatch: number | undefined,
  ): Promise<RegistryConnectionState> {
    const change = { type: REGISTRY_CONNECTION_CHANGED, ifMatch };
    return this.connections.alter(actor, id, change, async (before, manager) => {
      refuseOthers(actor, before);
      const { channel, frequency, legalGround, protection, documents, note } = { ...before, ...changes };
      await manager.query(
        `UPDATE registry_connection SET channel = $2, frequency = $3, legal_ground = $4, protection = $5,
           documents = $6, note = $7 WHERE id = $1`,
        [id, channel, frequency, legalGround, protection, JSON.stringify(documents), note],
      );
    });
  }

  /**
   * Moves a connection to another state.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `connection-step-not-allowed`, `validation-failed`
   */
  move(
    actor: Actor,
    id: string,
    { to, on, document, note }: ConnectionMove,
    ifMatch: number | undefined,
  ): Promise<RegistryConnectionState> {
    const change = { type: REGISTRY_CONNECTION_STATE_CHANGED, ifMatch, document, note };
    return this.connections.alter(actor, id, change, async (before, manager) => {
      refuseOthers(actor, before);
      const possible = CONNECTION_TRANSITIONS[before.state];
      if (!possible.includes(to)) {
        const allowed = possible.join(', ') || '–';
        throw registryProblem('connection-step-not-allowed', { from: before.state, to, allowed });
      }
      checkDay(on, before.stateOn, this.clock.today());
      await manager.query('UPDATE registry_connection SET state = $2, state_on = $3 WHERE id = $1', [
        id,
        to,
        on,
      ]);
    });
  }

  private async ownerOf({ databaseId, systemId }: ConnectionSides): Promise<string | null> {
    const { owner } =
      databaseId === null ? await this.systems.read(systemId ?? '') : await this.databases.read(databaseId);
    return owner?.code ?? null;
  }
}

function refuseOthers(actor: Actor, { owner }: RegistryConnectionState): void {
  if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
}

function checkSides({ databaseId, systemId, targetDatabaseId, targetPlatform }: ConnectionSides): void {
  if ((databaseId === null) === (systemId === null)) throw oneOfTwo('databaseId', 'systemId');
  if ((targetDatabaseId === null) === (targetPlatform === null)) {
    throw oneOfTwo('targetDatabaseId', 'targetPlatform');
  }
  if (databaseId !== null && databaseId === targetDatabaseId) {
    throw fieldProblem({
      field: 'targetDatabaseId',
      code: 'same-side',
      texts: { vi: 'Hai đầu kết nối phải khác nhau.', en: 'The two sides must differ.' },
    });
  }
}

/** Refusal of a request that names both or neither of two fields. */
export function oneOfTwo(field: string, other: string): Error {
  return fieldProblem({
    field,
    code: 'one-of-two',
    texts: {
      vi: `Nêu đúng một trong hai: ${field}, ${other}.`,
      en: `Give exactly one of ${field} and ${other}.`,
    },
  });
}
