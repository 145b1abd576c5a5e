import {
  isOpeningLate,
  SHARING_ESCALATIONS,
  SHARING_GRANT_STANDINGS,
  SHARING_GRANT_STATES,
  type SharingEscalation,
  type SharingGrantStanding,
  sharingGrantStanding,
  type SharingGrantState,
  type SharingGrantStatus,
} from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  DateField,
  EnumField,
  InstantField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { SharingTermsView } from '../terms.view.js';

export class GrantView extends SharingTermsView implements SharingGrantState {
  @UuidField({ description: 'Request that it answers' })
  requestId: string;

  @ObjectField(() => AgencyView, { description: 'Agency that receives' })
  receiver: AgencyView;

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

  @BooleanField({ description: 'Whether that should have been done by today' })
  openingLate: boolean;

  @EnumField(SHARING_ESCALATIONS, { description: 'Furthest level told of a late opening', nullable: true })
  openingEscalatedTo: SharingEscalation | null;
}

/** @param today day in Asia/Ho_Chi_Minh */
export function grantView(state: SharingGrantState, today: string): GrantView {
  const openingLate = isOpeningLate(state, today);
  return { ...state, standing: sharingGrantStanding(state, today), openingLate };
}
