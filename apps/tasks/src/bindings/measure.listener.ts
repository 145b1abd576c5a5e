import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { BudgetItemState, RegistryDatabaseState, TrainingPlanEventState } from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { BindingProgress } from './binding-progress.js';
import type { Measure } from './measure.entity.js';
import { Measures } from './measures.js';

/** What the events of other services tell about measures. */
@Controller()
export class MeasureListener {
  constructor(
    private readonly measures: Measures,
    private readonly progress: BindingProgress,
    private readonly transactions: TransactionScope,
  ) {}

  @EventPattern('vn.ioc.registry.database.*.v1')
  onDatabases(@Payload() events: ReceivedEvent<RegistryDatabaseState>[]): Promise<void> {
    return this.take(
      events.map((event) => ({
        kind: 'database',
        ...identityOf(event, event.data.name),
        facts: { lifecycle: event.data.lifecycle },
      })),
    );
  }

  @EventPattern('vn.ioc.budget.item.*.v1')
  onItems(@Payload() events: ReceivedEvent<BudgetItemState>[]): Promise<void> {
    return this.take(
      events.map((event) => {
        // Items of before stages were told lie in the stream without them.
        const { kind, stage, status } = event.data as Partial<BudgetItemState>;
        const facts = { kind: kind ?? 'project', stage: stage?.stage ?? null, status: status ?? 'active' };
        return { kind: 'budget-item', ...identityOf(event, event.data.name), facts };
      }),
    );
  }

  @EventPattern('vn.ioc.staffing.training-plan.*.v1')
  onTrainingPlans(@Payload() events: ReceivedEvent<TrainingPlanEventState>[]): Promise<void> {
    return this.take(
      events.map((event) => ({
        kind: 'training-plan',
        ...identityOf(event, event.data.title),
        facts: { state: event.data.state, percent: event.data.progressPercent },
      })),
    );
  }

  private async take(measures: readonly Measure[]): Promise<void> {
    await this.measures.take(measures);
    this.transactions.afterCommit(() => {
      // At once where it can be; what fails here is done by the next round.
      this.progress.catchUpSoon();
    });
  }
}

function identityOf({ aggregateId, sequence, time }: ReceivedEvent<object>, name: string) {
  return { subject: aggregateId, sequence, name, at: new Date(time) };
}
