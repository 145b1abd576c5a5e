import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import type { SharingMethod } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';

/** A grant by which data may leave today. */
export interface LiveGrant {
  id: string;
  datasetId: string;
  datasetCode: string;
  /** Code of the agency that shares. */
  provider: string;
  /** Code of the agency that receives. */
  receiver: string;
  purpose: string;
  /** Stream on which the dataset's events are. */
  stream: string;
  /** Subject of the dataset's events, such as `ioc.tasks.task.*`. */
  subject: string;
  /** null: all fields. */
  fields: string[] | null;
  /** 16 hex digits, the same for all grants of the same fields of a dataset; null: all fields. */
  view: string | null;
  method: SharingMethod;
  /** Last day, yyyy-MM-dd. */
  validUntil: string;
  /** Whether it is known that the receiver's account was there once. */
  isOpened: boolean;
  version: number;
}

const SELECT = `
  SELECT g.id, g.dataset_id AS "datasetId", dataset.code AS "datasetCode", g.provider, g.receiver, g.purpose,
    dataset.stream, dataset.subject, g.fields, g.view, g.method, g.valid_until::text AS "validUntil",
    g.opened_at IS NOT NULL AS "isOpened", g.version
  FROM sharing_grant g JOIN sharing_dataset dataset ON dataset.id = g.dataset_id
  WHERE g.state = 'active' AND $1::date BETWEEN g.valid_from AND g.valid_until`;

/** How soon after midnight it is noticed that a day has begun. */
const DAY_CHECK_MILLISECONDS = 1_000;

/** What may leave now, for everything that delivers; read from the database at each call. */
@Injectable()
export class LiveGrants implements OnModuleInit, OnModuleDestroy {
  private readonly listeners: (() => void)[] = [];
  private day = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.day = this.clock.today();
    this.timer = setInterval(() => {
      this.noticeDay();
    }, DAY_CHECK_MILLISECONDS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Active ones whose days include today (Asia/Ho_Chi_Minh), in the order in which they were granted. */
  all(): Promise<LiveGrant[]> {
    return this.transactions.manager.query(`${SELECT} ORDER BY g.id`, [this.clock.today()]);
  }

  /** @returns null when nothing may leave by that grant now */
  async find(id: string): Promise<LiveGrant | null> {
    const [grant] = await this.transactions.manager.query<LiveGrant[]>(`${SELECT} AND g.id = $2`, [
      this.clock.today(),
      id,
    ]);
    return grant ?? null;
  }

  /**
   * Calls back after the commit of every change of a grant that this process makes, and when a day begins. Changes by
   * other replicas are not told: compare with {@link all} now and then, too.
   */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** To be called by whatever changes a grant: the listeners hear of it once the transaction has committed. */
  changed(): void {
    this.transactions.afterCommit(() => {
      this.tell();
    });
  }

  private noticeDay(): void {
    const today = this.clock.today();
    if (today === this.day) return;
    this.day = today;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
