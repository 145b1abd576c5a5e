import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import {
  BooleanField,
  DateField,
  fieldProblem,
  IfMatch,
  IntegerField,
  MoneyField,
  ObjectField,
  QueryIntegerField,
  TextField,
  UuidField,
  UuidParam,
} from '#libs/http';
import { MAX_MONEY } from '../items/item-money.js';
import { ItemView } from '../items/item.view.js';
import { PartnershipBody, PartnershipView } from './partnership.view.js';
import { type PartnershipReview, PartnershipsService } from './partnerships.service.js';
import type { WhatIf } from './what-if.js';

const WRITERS = 'For the owner, Sở Tài chính and Sở KH&CN.';

class StateShareWarningView {
  @IntegerField({ description: 'State share, hundredths of a percent' })
  stateShare: number;

  @IntegerField({ description: 'Threshold of the province, percent' })
  threshold: number;
}

class PartnershipReviewView implements PartnershipReview {
  @UuidField({ description: 'Item' })
  itemId: string;

  @ObjectField(() => PartnershipView, { description: 'The partnership' })
  partnership: PartnershipView;

  @ObjectField(() => StateShareWarningView, {
    description: 'The State carries more than the threshold; null: it does not',
    nullable: true,
  })
  stateShareWarning: StateShareWarningView | null;
}

class ReviewQuery {
  @DateField({ description: 'Day as of which to look at it; default: as it stands', optional: true })
  asOf?: string;
}

class RemovalBody {
  @TextField({ description: 'Why the item is not carried out in a partnership', max: 4_000, multiline: true })
  reason: string;
}

class WhatIfQuery {
  @QueryIntegerField({
    description: 'What an enterprise would carry, đồng; or give enterprisePercent',
    min: 0,
    max: MAX_MONEY,
    optional: true,
  })
  enterprisePart?: number;

  @QueryIntegerField({ description: 'The same in percent of the cost', min: 0, max: 100, optional: true })
  enterprisePercent?: number;
}

class WhatIfView implements WhatIf {
  @MoneyField({ description: 'Cost of the item' })
  cost: number;

  @MoneyField({ description: "What the State's budget carries now" })
  stateNow: number;

  @MoneyField({ description: 'What the State would carry' })
  statePart: number;

  @MoneyField({ description: 'What the enterprise would carry' })
  enterprisePart: number;

  @IntegerField({ description: 'What the budget saves, đồng; below 0: it would carry more' })
  saved: number;

  @IntegerField({ description: 'State share, hundredths of a percent', nullable: true })
  stateShare: number | null;

  @BooleanField({ description: "The State's share would be above the threshold" })
  aboveThreshold: boolean;
}

@ApiTags('partnerships')
@Controller('v1/items')
export class PartnershipsController {
  constructor(private readonly partnerships: PartnershipsService) {}

  @Get(':id/partnership')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'The partnership of an item, with a warning where the State carries too much of it',
  })
  @ApiOkResponse({ type: PartnershipReviewView })
  review(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() { asOf }: ReviewQuery,
  ): Promise<PartnershipReview> {
    return this.partnerships.review(actor, id, asOf);
  }

  @Post(':id/partnership')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Set or replace the partnership of an item', description: WRITERS })
  @ApiOkResponse({ type: ItemView })
  set(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { riskSharing = null, ...body }: PartnershipBody,
  ): Promise<BudgetItemState> {
    return this.partnerships.set(actor, id, { ...body, riskSharing }, ifMatch);
  }

  @Post(':id/partnership/removal')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'The item is not carried out in a partnership after all', description: WRITERS })
  @ApiOkResponse({ type: ItemView })
  remove(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: RemovalBody,
  ): Promise<BudgetItemState> {
    return this.partnerships.remove(actor, id, reason, ifMatch);
  }

  @Get(':id/partnership/what-if')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'What the budget would save in a partnership; nothing is stored' })
  @ApiOkResponse({ type: WhatIfView })
  whatIf(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() { enterprisePart: amount, enterprisePercent: percent }: WhatIfQuery,
  ): Promise<WhatIf> {
    if (amount !== undefined) return this.partnerships.whatIf(actor, id, { amount });
    if (percent !== undefined) return this.partnerships.whatIf(actor, id, { percent });
    throw fieldProblem({ field: 'enterprisePart', code: 'required' });
  }
}
