import {
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { type Channel, CHANNELS } from '../contacts/contact.entity.js';
import { DELIVERY_STATES, type DeliveryState } from '../delivery/delivery.entity.js';
import {
  NOTICE_KINDS,
  type NoticeKind,
  type NoticeSubject,
  RECIPIENT_ROLES,
  type RecipientRole,
} from '../notice.entity.js';

export class NoticeSubjectView implements NoticeSubject {
  @UuidField({ description: 'Task', optional: true })
  taskId?: string;

  @UuidField({ description: 'Directive', optional: true })
  directiveId?: string;

  @UuidField({ description: 'Reporting duty', optional: true })
  dutyId?: string;

  @UuidField({ description: 'Reporting period', optional: true })
  periodId?: string;

  @UuidField({ description: 'Explanation', optional: true })
  explanationId?: string;
}

export class NoticeRecipientView {
  @TextField({ description: 'Code of the agency', max: 64 })
  agency: string;

  @EnumField(RECIPIENT_ROLES, { description: 'Whom of it' })
  role: RecipientRole;

  @InstantField({ description: 'When the agency read it here; null: unread', nullable: true })
  readAt: string | null;
}

export class DeliveryView {
  @TextField({ description: 'Code of the agency', max: 64 })
  agency: string;

  @EnumField(CHANNELS, { description: 'How it is carried' })
  channel: Channel;

  @TextField({ description: 'To where', max: 2_000 })
  address: string;

  @EnumField(DELIVERY_STATES, { description: 'failed: given up' })
  state: DeliveryState;

  @IntegerField({ description: 'Tries', min: 0 })
  attempts: number;

  @TextField({ description: 'Why the last try failed', max: 500, nullable: true })
  lastError: string | null;

  @InstantField({ description: 'When it was taken over', nullable: true })
  deliveredAt: string | null;
}

/** A notice with what of it concerns the caller: its own recipients and deliveries, or all of them. */
export class NoticeView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @EnumField(NOTICE_KINDS, { description: 'What kind of notice' })
  kind: NoticeKind;

  @ObjectField(() => NoticeSubjectView, { description: 'What it is about' })
  about: NoticeSubject;

  @TextField({ description: 'Title', max: 1_000 })
  title: string;

  @TextField({ description: 'Text', max: 20_000 })
  text: string;

  @InstantField({ description: 'When it was given' })
  givenAt: string;

  @ListField(kinds.object(() => NoticeRecipientView), { description: 'For whom', max: 1_000 })
  recipients: NoticeRecipientView[];

  @ListField(kinds.object(() => DeliveryView), {
    description: 'How it went out besides this inbox',
    max: 10_000,
  })
  deliveries: DeliveryView[];
}
