import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { SupportCounts, TrainingCounts } from '#libs/contracts';
import { IntegerField, MoneyField, ObjectField } from '#libs/http';
import { type StaffingTotals, TotalsService } from './totals.service.js';

class UnitTotals {
  @IntegerField({ description: 'Commune units' })
  total: number;

  @IntegerField({ description: 'Units that have reported a head count' })
  answered: number;
}

class SessionTotals {
  @IntegerField({ description: 'Sessions of the plans' })
  planned: number;

  @IntegerField({ description: 'Of these, held' })
  held: number;
}

class TrainingTotals implements TrainingCounts {
  @IntegerField({ description: 'Training plans that were not cancelled' })
  plans: number;

  @IntegerField({ description: 'Under way' })
  underWay: number;

  @IntegerField({ description: 'Finished' })
  finished: number;

  @IntegerField({ description: 'Not finished, though their last day has passed' })
  overdue: number;

  @ObjectField(() => SessionTotals, { description: 'Sessions' })
  sessions: SessionTotals;
}

class SupportTotals implements SupportCounts {
  @IntegerField({ description: 'Support plans that were not cancelled' })
  plans: number;

  @IntegerField({ description: 'Proposed' })
  proposed: number;

  @IntegerField({ description: 'Approved' })
  approved: number;

  @IntegerField({ description: 'Under way' })
  underWay: number;

  @IntegerField({ description: 'Ended' })
  ended: number;

  @IntegerField({ description: 'Commune units with support under way' })
  units: number;

  @MoneyField({ description: 'What the plans ask of the State budget, whole đồng' })
  cost: number;
}

class TotalsView implements StaffingTotals {
  @ObjectField(() => UnitTotals, { description: 'Commune units' })
  units: UnitTotals;

  @IntegerField({
    description: 'Sum of the reported head counts, persons; null while nobody has reported',
    nullable: true,
  })
  itStaff: number | null;

  @ObjectField(() => TrainingTotals, { description: 'Training plans' })
  training: TrainingTotals;

  @ObjectField(() => SupportTotals, { description: 'Support plans' })
  support: SupportTotals;
}

@ApiTags('totals')
@Controller('v1/totals')
export class TotalsController {
  constructor(private readonly totals: TotalsService) {}

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Totals over the units and plans that the caller sees' })
  @ApiOkResponse({ type: TotalsView })
  read(@CurrentActor() actor: Actor): Promise<StaffingTotals> {
    return this.totals.read(actor);
  }
}
