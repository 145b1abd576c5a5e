import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import {
  BUDGET_DATASET_DECLARED,
  BUDGET_DATASET_WITHDRAWN,
  type DatasetDeclaredState,
  STAFFING_DATASET_DECLARED,
  STAFFING_DATASET_WITHDRAWN,
  TASKS_DATASET_DECLARED,
  TASKS_DATASET_WITHDRAWN,
} from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { DeclaredDatasets } from './declared-datasets.js';

/** The other services say what they offer to share, and what they offer no more. */
@Controller()
export class DeclarationsListener {
  constructor(private readonly datasets: DeclaredDatasets) {}

  @EventPattern([
    TASKS_DATASET_DECLARED,
    TASKS_DATASET_WITHDRAWN,
    BUDGET_DATASET_DECLARED,
    BUDGET_DATASET_WITHDRAWN,
    STAFFING_DATASET_DECLARED,
    STAFFING_DATASET_WITHDRAWN,
  ])
  async onDeclared(@Payload() events: ReceivedEvent[]): Promise<void> {
    const declared = events as unknown as ReceivedEvent<DatasetDeclaredState>[];
    await this.datasets.take(declared.map(({ data }) => data));
  }
}
