import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { IntegerField, MoneyField, ObjectField, QueryIntegerField } from '#libs/http';
import { MoneyByYearField, YEARS } from '../items/money-by-year.js';
import { type BudgetTotals, TotalsService } from './totals.service.js';

class TotalsQuery {
  @QueryIntegerField({ description: 'Fiscal year', ...YEARS, example: 2023 })
  year: number;
}

class ProjectTotals {
  @IntegerField({ description: 'Projects of the fiscal year' })
  count: number;

  @MoneyField({ description: 'Sum of total costs, đồng' })
  totalCost: number;

  @MoneyByYearField({ description: 'Sum of planned amounts by year, đồng' })
  plannedByYear: Record<string, number>;
}

class ActivityTotals {
  @IntegerField({ description: 'Activities of the fiscal year' })
  count: number;

  @MoneyField({ description: 'Sum requested, đồng' })
  requested: number;

  @MoneyField({ description: 'Sum allocated, đồng' })
  allocated: number;

  @MoneyField({
    description:
      'Sum of the supplements to consider, đồng; more than requested − allocated where rows were over-allocated',
  })
  supplement: number;
}

class TotalsView implements BudgetTotals {
  @IntegerField({ description: 'Fiscal year' })
  year: number;

  @ObjectField(() => ProjectTotals, { description: 'Investment projects' })
  projects: ProjectTotals;

  @ObjectField(() => ActivityTotals, { description: 'Recurrent activities' })
  activities: ActivityTotals;
}

@ApiTags('totals')
@Controller('v1/totals')
export class TotalsController {
  constructor(private readonly totals: TotalsService) {}

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Totals of a fiscal year, over the items that the caller sees' })
  @ApiOkResponse({ type: TotalsView })
  ofYear(@CurrentActor() actor: Actor, @Query() query: TotalsQuery): Promise<BudgetTotals> {
    return this.totals.ofYear(actor, query.year);
  }
}
