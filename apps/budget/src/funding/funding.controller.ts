import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import { IfMatch, UuidParam } from '#libs/http';
import { ItemView } from '../items/item.view.js';
import { FundingBody } from './funding.requests.js';
import { FundingService } from './funding.service.js';

@ApiTags('items')
@Controller('v1/items')
export class FundingController {
  constructor(private readonly funding: FundingService) {}

  @Post(':id/funding')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({
    summary: 'Set where the money of an item comes from, source by year',
    description:
      'The sources of a project add up to its total cost. For the owner, Sở Tài chính and Sở KH&CN.',
  })
  @ApiOkResponse({ type: ItemView })
  plan(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { lines, ...funding }: FundingBody,
  ): Promise<BudgetItemState> {
    const planned = lines.map(({ form = 'cash', ...line }) => ({ ...line, form }));
    return this.funding.plan(actor, id, { ...funding, lines: planned }, ifMatch);
  }
}
