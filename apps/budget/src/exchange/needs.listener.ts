import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ReceivedEvent } from '#libs/messaging';
import { needOf } from './need.js';
import { NeedsService } from './needs.service.js';

/**
 * Takes all events of the registry and of staffing, since those that nobody takes would be put aside as dead letters; acts
 * on those that say what something costs.
 */
@Controller()
export class NeedsListener {
  constructor(private readonly needs: NeedsService) {}

  @EventPattern('vn.ioc.registry.>')
  async onRegistry(@Payload() events: ReceivedEvent[]): Promise<void> {
    await this.take(events);
  }

  @EventPattern('vn.ioc.staffing.>')
  async onStaffing(@Payload() events: ReceivedEvent[]): Promise<void> {
    await this.take(events);
  }

  private async take(events: readonly ReceivedEvent[]): Promise<void> {
    for (const event of events) {
      const need = needOf(event);
      if (need) await this.needs.take(need);
    }
  }
}
