import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ReceivedEvent } from '#libs/messaging';
import { LivePicture } from './live-picture.js';
import { ProjectionStore } from './projection-store.js';

/**
 * Takes over every event of the four services, into the picture and into the database. The picture does not wait for
 * the disk: an event on the bus is true already, and a delivery that is repeated changes nothing in it.
 */
@Controller()
export class EventListener {
  constructor(
    private readonly projections: ProjectionStore,
    private readonly picture: LivePicture,
  ) {}

  @EventPattern('vn.ioc.*.*.*.v1')
  onEvents(@Payload() events: ReceivedEvent[]): void {
    this.projections.apply(events);
    this.picture.apply(events);
  }
}
