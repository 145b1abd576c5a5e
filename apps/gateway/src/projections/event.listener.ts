import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ReceivedEvent } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { LivePicture } from './live-picture.js';
import { ProjectionStore } from './projection-store.js';

/** Takes over every event of the four services: first into the database, then, once committed, into the picture. */
@Controller()
export class EventListener {
  constructor(
    private readonly projections: ProjectionStore,
    private readonly picture: LivePicture,
    private readonly transactions: TransactionScope,
  ) {}

  @EventPattern('vn.ioc.*.*.*.v1')
  onEvents(@Payload() events: ReceivedEvent[]): void {
    this.projections.apply(events);
    this.transactions.afterCommit(() => {
      this.picture.apply(events);
    });
  }
}
