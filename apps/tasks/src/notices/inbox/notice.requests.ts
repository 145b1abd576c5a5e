import { CodeField, CursorQuery, EnumField, QueryBooleanField, UuidField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { DELIVERY_STATES, type DeliveryState } from '../delivery/delivery.entity.js';
import { NOTICE_KINDS, type NoticeKind } from '../notice.entity.js';

export class ListNoticesQuery extends CursorQuery {
  @CodeField(AGENCY_CODE, {
    description: 'Inbox of this agency; left out: of the caller’s own, or of all for a caller of no agency',
    optional: true,
  })
  agency?: string;

  @EnumField(NOTICE_KINDS, { description: 'Only this kind', optional: true })
  kind?: NoticeKind;

  @UuidField({ description: 'Only about this task', optional: true })
  task?: string;

  @QueryBooleanField({ description: 'true: only unread ones; false: only read ones', optional: true })
  unread?: boolean;

  @EnumField(DELIVERY_STATES, {
    description: 'Only with a delivery in this state; failed: given up',
    optional: true,
  })
  delivery?: DeliveryState;
}
