import {
  CONNECTION_CHANNELS,
  CONNECTION_STATES,
  type ConnectionChannel,
  type ConnectionState,
} from '#libs/contracts';
import { CursorQuery, DateField, EnumField, kinds, ListField, TextField, UuidField } from '#libs/http';
import { DocumentBody } from '../catalogue/entry.requests.js';

/** What can be changed in a connection. */
export class ChangeConnectionBody {
  @EnumField(CONNECTION_CHANNELS, {
    description:
      'Channel: NDXP, NDOP (national), LGSP, LDOP (provincial), or a direct API; null: not determined',
    optional: true,
    nullable: true,
  })
  channel?: ConnectionChannel | null;

  @TextField({ description: 'How often data moves', max: 300, optional: true, nullable: true })
  frequency?: string | null;

  @TextField({ description: 'Legal ground', max: 1_000, optional: true, nullable: true })
  legalGround?: string | null;

  @TextField({
    description: 'What must be protected, and how',
    max: 2_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  protection?: string | null;

  @ListField(kinds.object(() => DocumentBody), {
    description: 'Documents; the given ones replace all',
    max: 100,
    optional: true,
  })
  documents?: DocumentBody[];

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class CreateConnectionBody extends ChangeConnectionBody {
  @UuidField({ description: 'Own side: a database; either it or a system', optional: true, nullable: true })
  databaseId?: string | null;

  @UuidField({ description: 'Own side: a system', optional: true, nullable: true })
  systemId?: string | null;

  @UuidField({
    description: 'Other side: a database of the registry; either it or a platform',
    optional: true,
    nullable: true,
  })
  targetDatabaseId?: string | null;

  @TextField({ description: 'Other side: a platform, by its name', max: 300, optional: true, nullable: true })
  targetPlatform?: string | null;

  @EnumField(CONNECTION_STATES, { description: 'State', optional: true, default: 'not-connected' })
  state?: ConnectionState;

  @DateField({ description: 'Day of that state; not in the future', optional: true, nullable: true })
  stateOn?: string | null;
}

export class MoveConnectionBody {
  @EnumField(CONNECTION_STATES, { description: 'State that the connection passes to' })
  to: ConnectionState;

  @DateField({ description: 'Day of the change: not in the future, not before the last one' })
  on: string;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class ListConnectionsQuery extends CursorQuery {
  @UuidField({ description: 'Only connections of this database', optional: true })
  database?: string;

  @UuidField({ description: 'Only connections of this system', optional: true })
  system?: string;

  @UuidField({ description: 'Only connections to this database', optional: true })
  target?: string;

  @EnumField(CONNECTION_STATES, { description: 'Only connections in this state', optional: true })
  state?: ConnectionState;

  @EnumField(CONNECTION_CHANNELS, { description: 'Only connections through this channel', optional: true })
  channel?: ConnectionChannel;
}

export class ListTargetsQuery extends CursorQuery {}
