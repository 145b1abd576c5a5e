import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { DeliveryBook } from './delivery/delivery-book.js';
import { Notice, type NoticeKind, type NoticeSubject } from './notice.entity.js';
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
  async give(given: NewNotice): Promise<boolean> {
    if (!this.transactions.active) throw new Error('notices are given inside TransactionScope.run only');
    const notice = this.rowOf(given);
    const result = await this.transactions.manager
      .createQueryBuilder()
      .insert()
      .into(Notice)
      .values(notice)
      .orIgnore()
      .returning('id')
      .execute();
    if ((result.raw as unknown[]).length === 0) return false;
    this.deliver(notice, given.recipients);
    return true;
  }

  /**
   * Gives a notice without waiting, for a cause that no other transaction can have: a version of a task that this one
   * holds. Should it have been given before, the transaction fails.
   */
  giveUnasked(given: NewNotice): void {
    const notice = this.rowOf(given);
    this.transactions.insert(Notice, notice);
    this.deliver(notice, given.recipients);
  }

  private rowOf({ cause, kind, about, title, text }: NewNotice): NoticeRow {
    const givenAt = this.clock.now();
    return { id: uuidv7(), cause, kind, about, taskId: about.taskId ?? null, title, text, givenAt };
  }

  private deliver({ id, cause }: NoticeRow, recipients: readonly Recipient[]): void {
    const inboxes = expandRecipients(recipients, this.reference);
    if (inboxes.length === 0) throw new Error(`the notice "${cause}" is for nobody`);
    this.deliveries.address(id, inboxes);
  }
}

type NoticeRow = Pick<Notice, keyof Notice>;
