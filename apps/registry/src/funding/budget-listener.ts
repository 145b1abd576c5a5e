import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { BudgetItemState } from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { FundingService } from './funding.service.js';

/** Items of the budget say what database they came from and what was allocated. */
@Controller()
export class BudgetListener {
  constructor(private readonly funding: FundingService) {}

  @EventPattern('vn.ioc.budget.item.*.v1')
  async onItems(@Payload() events: ReceivedEvent[]): Promise<void> {
    await this.funding.take(events as unknown as ReceivedEvent<BudgetItemState>[]);
  }
}
