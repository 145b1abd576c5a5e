import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../../access/tasks-access.js';
import { Delivery } from '../delivery/delivery.entity.js';
import { Notice, NoticeRecipient } from '../notice.entity.js';
import type { ListNoticesQuery } from './notice.requests.js';
import type { DeliveryView, NoticeRecipientView, NoticeView } from './notice.view.js';

/**
 * The inboxes of agencies. An agency reads its own; those who follow all tasks, and administrators, also the ones of
 * others, with what became of their deliveries.
 */
@Injectable()
export class Inbox {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws problem `other-agency` for the inbox of another agency */
  async list(actor: Actor, query: ListNoticesQuery): Promise<Page<NoticeView>> {
    const { limit, cursor, ...filters } = query;
    const agency = filters.agency ?? actor.agency;
    if (agency !== actor.agency && !this.readsAll(actor)) throw problem('other-agency');
    const after = decodeCursor<[string]>(cursor, filters, ['uuid']);
    const select = this.transactions.manager.createQueryBuilder(Notice, 'notice');
    narrow(select, agency, filters);
    if (after) select.andWhere('notice.id < :after', { after: after[0] });
    const notices = await select
      .orderBy('notice.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const views = await this.viewsOf(notices, agency);
    return toPage(views, limit, ({ id }) => [id], filters);
  }

  /** Marks a notice as read by the caller's agency; once is enough. @throws problem `not-found` */
  async read(actor: Actor, id: string): Promise<NoticeView> {
    if (actor.agency === null) throw problem('not-found');
    const { agency } = actor;
    return this.transactions.run(async (manager) => {
      const notice = await manager.findOneBy(Notice, { id });
      const mine = { noticeId: id, agencyCode: agency };
      if (!notice || !(await manager.existsBy(NoticeRecipient, mine))) throw problem('not-found');
      await manager
        .createQueryBuilder()
        .update(NoticeRecipient)
        .set({ readAt: this.clock.now(), readBy: actor.subject })
        .where('notice_id = :noticeId AND agency_code = :agencyCode AND read_at IS NULL', mine)
        .execute();
      const [view] = await this.viewsOf([notice], agency);
      return view!;
    });
  }

  private readsAll(actor: Actor): boolean {
    return actor.has('admin') || visibleAgencies(actor, this.reference) === null;
  }

  /** @param agency only its recipients and deliveries; null: all */
  private async viewsOf(notices: readonly Notice[], agency: string | null): Promise<NoticeView[]> {
    const { manager } = this.transactions;
    const where = {
      noticeId: In(notices.map(({ id }) => id)),
      ...(agency !== null && { agencyCode: agency }),
    };
    const order = { agencyCode: 'ASC' } as const;
    const recipients = await manager.find(NoticeRecipient, { where, order: { ...order, role: 'ASC' } });
    const deliveries = await manager.find(Delivery, { where, order: { ...order, address: 'ASC' } });
    return notices.map(({ id, kind, about, title, text, givenAt }) => ({
      id,
      kind,
      about,
      title,
      text,
      givenAt: givenAt.toISOString(),
      recipients: recipients.filter(({ noticeId }) => noticeId === id).map(toRecipientView),
      deliveries: deliveries.filter(({ noticeId }) => noticeId === id).map(toDeliveryView),
    }));
  }
}

function narrow(
  select: SelectQueryBuilder<Notice>,
  agency: string | null,
  { kind, task, unread, delivery }: Omit<ListNoticesQuery, 'limit' | 'cursor'>,
): void {
  const conditions = ['r.notice_id = notice.id'];
  if (agency !== null) conditions.push('r.agency_code = :agency');
  if (unread !== undefined) conditions.push(unread ? 'r.read_at IS NULL' : 'r.read_at IS NOT NULL');
  select.where(`EXISTS (SELECT 1 FROM notice_recipient r WHERE ${conditions.join(' AND ')})`, { agency });
  if (kind !== undefined) select.andWhere('notice.kind = :kind', { kind });
  if (task !== undefined) select.andWhere('notice.task_id = :task', { task });
  if (delivery !== undefined) {
    const of = agency === null ? '' : ' AND d.agency_code = :agency';
    select.andWhere(
      `EXISTS (SELECT 1 FROM delivery d WHERE d.notice_id = notice.id AND d.state = :delivery${of})`,
      { delivery },
    );
  }
}

function toRecipientView({ agencyCode, role, readAt }: NoticeRecipient): NoticeRecipientView {
  return { agency: agencyCode, role, readAt: readAt?.toISOString() ?? null };
}

function toDeliveryView(delivery: Delivery): DeliveryView {
  const { agencyCode, channel, address, state, attempts, lastError, deliveredAt } = delivery;
  return {
    agency: agencyCode,
    channel,
    address,
    state,
    attempts,
    lastError,
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}
