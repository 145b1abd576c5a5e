import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { DeliveryBook } from './delivery/delivery-book.js';
import { Notice, type NoticeKind, NoticeRecipient, type NoticeSubject } from './notice.entity.js';
import { expandRecipients, type Recipient } from './recipients.js';

export interface NewNotice {
  /**
   * What the notice is given for, e.g. `task-reminder/<task>/<last day>/3`: whatever gives a notice for the same cause
   * again, a restarted process or another replica, gives none.
   */
  cause: string;
  kind: NoticeKind;
  /** Agencies by code; a group stands for its members. */
  recipients: readonly Recipient[];
  about: NoticeSubject;
  title: string;
  text: string;
}

/** Notices to agencies: recorded in their inboxes here, carried further by the channels of their contacts. */
@Injectable()
export class Notices {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly deliveries: DeliveryBook,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives a notice in the transaction of its cause. When another transaction gives the same one at this moment, this
   * waits for it to end.
   *
   * @returns whether it was new
   * @throws Error outside TransactionScope.run, or without recipients
   */
  async give({ cause, kind, recipients, about, title, text }: NewNotice): Promise<boolean> {
    if (!this.transactions.active) throw new Error('notices are given inside TransactionScope.run only');
    const { manager } = this.transactions;
    const notice = { id: uuidv7(), cause, kind, about, title, text, givenAt: this.clock.now() };
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(Notice)
      .values({ ...notice, taskId: about.taskId ?? null })
      .orIgnore()
      .returning('id')
      .execute();
    if ((result.raw as unknown[]).length === 0) return false;
    const inboxes = expandRecipients(recipients, this.reference);
    if (inboxes.length === 0) throw new Error(`the notice "${cause}" is for nobody`);
    this.transactions.insert(
      NoticeRecipient,
      inboxes.map(({ agency, role }) => ({ noticeId: notice.id, agencyCode: agency, role })),
    );
    this.deliveries.plan(notice.id);
    return true;
  }
}
