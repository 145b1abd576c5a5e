import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ON_ARRIVAL, type ReceivedEvent } from '#libs/messaging';
import { LivePicture } from './live-picture.js';
import { ProjectionStore } from './projection-store.js';

/** Takes over every event of the four services, into the picture and into the database. */
@Controller()
export class EventListener {
  constructor(
    private readonly projections: ProjectionStore,
    private readonly picture: LivePicture,
  ) {}

  /**
   * The picture does not wait for the database: an event on the bus is true already, and one that comes again changes
   * nothing in it.
   */
  @EventPattern('vn.ioc.>', ON_ARRIVAL)
  onArrival(@Payload() events: ReceivedEvent[]): void {
    this.picture.apply(events);
  }

  @EventPattern('vn.ioc.*.*.*.v1')
  onEvents(@Payload() events: ReceivedEvent[]): void {
    this.projections.apply(events);
    // A dead letter that is tried again does not arrive.
    this.picture.apply(events);
  }
}
