import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { BUDGET_ITEM, type BudgetItemState } from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { FundingService } from './funding.service.js';

/**
 * Takes all events of the budget, since those that nobody takes would be put aside as dead letters; acts on items, which
 * say what database they came from and what was allocated.
 */
@Controller()
export class BudgetListener {
  constructor(private readonly funding: FundingService) {}

  @EventPattern('vn.ioc.budget.>')
  async onBudget(@Payload() events: ReceivedEvent[]): Promise<void> {
    const items = events.filter(({ aggregate }) => aggregate === BUDGET_ITEM);
    await this.funding.take(items as unknown as ReceivedEvent<BudgetItemState>[]);
  }
}
