import { PROPOSAL_STATES, type ProposalState, type RegistryProposalState } from '#libs/contracts';
import {
  CursorQuery,
  DateField,
  EnumField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';
import { type ProposalItem, SUPPORT, type Support } from './proposal.store.js';

export class ProposeBody {
  @UuidField({ description: 'The database' })
  databaseId: string;

  @TextField({ description: 'Why it should be on the list', max: 4_000, multiline: true })
  reason: string;

  @TextField({ description: 'Document of the proposal', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class AcceptProposalBody {
  @TextField({ description: 'Document that extends the list', max: 500 })
  document: string;
}

export class RefuseProposalBody {
  @TextField({ description: 'Why it is refused', max: 4_000, multiline: true })
  reason: string;
}

export class ListProposalsQuery extends CursorQuery {
  @UuidField({ description: 'Only proposals for this list', optional: true })
  list?: string;

  @EnumField(PROPOSAL_STATES, { description: 'Only proposals in this state', optional: true })
  state?: ProposalState;
}

export class ProposalView implements RegistryProposalState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'The list' })
  listId: string;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @TextField({ description: 'Agency that proposes; null: a token without one', max: 64, nullable: true })
  agency: string | null;

  @TextField({ description: 'Why', max: 4_000 })
  reason: string;

  @TextField({ description: 'Document of the proposal', max: 500, nullable: true })
  document: string | null;

  @EnumField(PROPOSAL_STATES, { description: 'State' })
  state: ProposalState;

  @DateField({ description: 'Day of the proposal' })
  proposedOn: string;

  @DateField({ description: 'Day of the decision', nullable: true })
  decidedOn: string | null;

  @TextField({
    description: 'Document that accepts it, or reason of the refusal',
    max: 4_000,
    nullable: true,
  })
  decision: string | null;
}

export class ProposalItemView extends ProposalView implements ProposalItem {
  @EnumField(SUPPORT, { description: 'Whether partner enterprises support the database' })
  support: Support;
}
