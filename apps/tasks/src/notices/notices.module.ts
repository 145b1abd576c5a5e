import { Module } from '@nestjs/common';
import { WebhookSecretsModule } from '#libs/webhooks';
import { CONTACT_SECRETS } from './contacts/contact-secrets.js';
import { Contact } from './contacts/contact.entity.js';
import { ContactsController } from './contacts/contacts.controller.js';
import { ContactsService } from './contacts/contacts.service.js';
import { DeliveryBook } from './delivery/delivery-book.js';
import { Delivery } from './delivery/delivery.entity.js';
import { DeliveryRound } from './delivery/delivery-round.js';
import { DeliverySettings, readDeliverySettings } from './delivery/delivery-settings.js';
import { Inbox } from './inbox/inbox.js';
import { NoticesController } from './inbox/notices.controller.js';
import { Notice, NoticeRecipient } from './notice.entity.js';
import { Notices } from './notices.js';

/** Notices to agencies, their inboxes, and the channels that carry them further. */
@Module({
  imports: [WebhookSecretsModule.of(CONTACT_SECRETS)],
  controllers: [NoticesController, ContactsController],
  providers: [
    Notices,
    Inbox,
    ContactsService,
    DeliveryBook,
    DeliveryRound,
    { provide: DeliverySettings, useFactory: () => readDeliverySettings(process.env) },
  ],
  exports: [Notices],
})
export class NoticesModule {}

/** Rows of the tables of this folder. */
export const noticeEntities = [Notice, NoticeRecipient, Contact, Delivery];
