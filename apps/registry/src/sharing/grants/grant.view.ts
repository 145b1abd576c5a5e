import {
  SHARING_GRANT_STANDINGS,
  SHARING_GRANT_STATES,
  SHARING_METHODS,
  type SharingGrantStanding,
  sharingGrantStanding,
  type SharingGrantState,
  type SharingGrantStatus,
  type SharingMethod,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatasetRefView } from '../datasets/dataset.view.js';

export class GrantView implements SharingGrantState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'Request that it answers' })
  requestId: string;

  @ObjectField(() => DatasetRefView, { description: 'Dataset' })
  dataset: DatasetRefView;

  @TextField({ description: 'Vietnamese title of the dataset', max: 1_000 })
  title: string;

  @ObjectField(() => AgencyView, { description: 'Agency that shares' })
  provider: AgencyView;

  @ObjectField(() => AgencyView, { description: 'Agency that receives' })
  receiver: AgencyView;

  @TextField({ description: 'What the data are needed for', max: 4_000 })
  purpose: string;

  @ListField(kinds.text({ max: 100 }), { description: 'Fields; null: all', max: 500, nullable: true })
  fields: string[] | null;

  @EnumField(SHARING_METHODS, { description: 'query, sync or package' })
  method: SharingMethod;

  @DateField({ description: 'First day' })
  validFrom: string;

  @DateField({ description: 'Last day' })
  validUntil: string;

  @EnumField(SHARING_GRANT_STATES, { description: 'What was decided last' })
  state: SharingGrantStatus;

  @EnumField(SHARING_GRANT_STANDINGS, { description: 'How it stands today' })
  standing: SharingGrantStanding;

  @TextField({ description: 'Why it is suspended or withdrawn', max: 4_000, nullable: true })
  stateReason: string | null;

  @TextField({ description: 'Legal ground of that', max: 1_000, nullable: true })
  stateLegalGround: string | null;

  @InstantField({ description: 'Since when it is in that state' })
  stateAt: string;

  @DateField({ description: "Last day for opening the receiver's account" })
  openingDueOn: string;

  @InstantField({ description: 'When that was opened; null: not yet', nullable: true })
  openedAt: string | null;
}

/** @param today day in Asia/Ho_Chi_Minh */
export function grantView(state: SharingGrantState, today: string): GrantView {
  return { ...state, standing: sharingGrantStanding(state, today) };
}
