import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { IntegerField, ObjectField } from '#libs/http';
import { type StaffingTotals, TotalsService } from './totals.service.js';

class UnitTotals {
  @IntegerField({ description: 'Commune units' })
  total: number;

  @IntegerField({ description: 'Units that have reported a head count' })
  answered: number;
}

class TotalsView implements StaffingTotals {
  @ObjectField(() => UnitTotals, { description: 'Commune units' })
  units: UnitTotals;

  @IntegerField({
    description: 'Sum of the reported head counts, persons; null while nobody has reported',
    nullable: true,
  })
  itStaff: number | null;
}

@ApiTags('totals')
@Controller('v1/totals')
export class TotalsController {
  constructor(private readonly totals: TotalsService) {}

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Totals over the units that the caller sees' })
  @ApiOkResponse({ type: TotalsView })
  read(@CurrentActor() actor: Actor): Promise<StaffingTotals> {
    return this.totals.read(actor);
  }
}
