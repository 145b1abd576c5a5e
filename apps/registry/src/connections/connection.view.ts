import {
  CONNECTION_CHANNELS,
  CONNECTION_STATES,
  type ConnectionChannel,
  type ConnectionState,
  type RegistryConnectionState,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DocumentBody } from '../catalogue/entry.requests.js';
import { DatabaseRefView } from '../lists/list.view.js';
import type { ListStanding, TargetLine } from './targets.queries.js';

class TargetView {
  @ObjectField(() => DatabaseRefView, { description: 'A database of the registry', nullable: true })
  database: DatabaseRefView | null;

  @TextField({ description: 'A platform', max: 300, nullable: true })
  platform: string | null;
}

export class ConnectionView implements RegistryConnectionState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'Own side: a database', nullable: true })
  database: DatabaseRefView | null;

  @ObjectField(() => DatabaseRefView, { description: 'Own side: a system', nullable: true })
  system: DatabaseRefView | null;

  @ObjectField(() => AgencyView, { description: 'Owner of the own side', nullable: true })
  owner: AgencyView | null;

  @ObjectField(() => TargetView, { description: 'Other side' })
  target: TargetView;

  @EnumField(CONNECTION_CHANNELS, { description: 'Channel; null: not determined', nullable: true })
  channel: ConnectionChannel | null;

  @TextField({ description: 'How often data moves', max: 300, nullable: true })
  frequency: string | null;

  @TextField({ description: 'Legal ground', max: 1_000, nullable: true })
  legalGround: string | null;

  @TextField({ description: 'What must be protected, and how', max: 2_000, nullable: true })
  protection: string | null;

  @EnumField(CONNECTION_STATES, { description: 'State' })
  state: ConnectionState;

  @DateField({ description: 'Day of that state', nullable: true })
  stateOn: string | null;

  @ListField(kinds.object(() => DocumentBody), { description: 'Documents', max: 100 })
  documents: DocumentBody[];

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;
}

export class TargetLineView implements TargetLine {
  @IntegerField({ description: 'Place in the list', min: 1 })
  position: number;

  @ObjectField(() => DatabaseRefView, { description: 'Database to be connected to' })
  database: DatabaseRefView;

  @EnumField(CONNECTION_STATES, { description: 'How far its furthest connection is' })
  state: ConnectionState;

  @IntegerField({ description: 'Connections to it', min: 0 })
  connections: number;
}

export class ListStandingView implements ListStanding {
  @IntegerField({ description: 'How many databases the decision or plan speaks of', min: 1, nullable: true })
  expected: number | null;

  @IntegerField({ description: 'How many of them are named', min: 0 })
  named: number;

  @IntegerField({ description: 'How many of those have a connection in use', min: 0 })
  connected: number;

  @IntegerField({ description: 'How many of those are in operation', min: 0 })
  operational: number;
}
