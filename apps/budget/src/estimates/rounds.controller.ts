import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import type { BudgetRoundState } from '#libs/contracts';
import { HistoryLineView } from '#libs/history';
import { CreatedAt, CursorQuery, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { DecisionsService } from './decisions.service.js';
import {
  AllocationBody,
  CancellationBody,
  ChangeRoundBody,
  DecisionBody,
  HandBackBody,
  ListRoundsQuery,
  OpenRoundBody,
  RoundDocumentBody,
} from './estimate.requests.js';
import { roundState } from './estimate-state.js';
import { NextStepView, RoundView } from './estimate.view.js';
import { EstimatesQueries } from './estimates.queries.js';
import type { NextStep } from './next-steps.js';
import { RoundsService } from './rounds.service.js';
import { WithdrawalsService } from './withdrawals.service.js';

/** One step of a round: what it is for; it answers the round. */
function Step(path: string, summary: string): MethodDecorator {
  return (target, key, descriptor) => {
    Post(`:id/${path}`)(target, key, descriptor);
    HttpCode(200)(target, key, descriptor);
    ApiOperation({ summary })(target, key, descriptor);
    ApiOkResponse({ type: RoundView })(target, key, descriptor);
  };
}

@ApiTags('estimates')
@Controller('v1/estimate-rounds')
export class RoundsController {
  constructor(
    private readonly rounds: RoundsService,
    private readonly decisions: DecisionsService,
    private readonly withdrawals: WithdrawalsService,
    private readonly queries: EstimatesQueries,
  ) {}

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Rounds of estimates' })
  @ApiOkResponse({ type: PageOf(RoundView) })
  list(@Query() query: ListRoundsQuery): Promise<Page<BudgetRoundState>> {
    return this.queries.rounds(query);
  }

  @Post()
  @RequireScopes('budget:write')
  @CreatedAt('/v1/estimate-rounds/{id}')
  @ApiOperation({ summary: 'Open a round; for Sở KH&CN' })
  @ApiCreatedResponse({ type: RoundView })
  open(
    @CurrentActor() actor: Actor,
    @Body() { document = null, ...body }: OpenRoundBody,
  ): Promise<BudgetRoundState> {
    return this.rounds.open(actor, { ...body, document });
  }

  @Get(':id')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'One round' })
  @ApiOkResponse({ type: RoundView })
  async read(@UuidParam('id') id: string): Promise<BudgetRoundState> {
    return roundState(await this.queries.round(id));
  }

  @Patch(':id')
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Change an open round, for example its deadline; for Sở KH&CN' })
  @ApiOkResponse({ type: RoundView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeRoundBody,
  ): Promise<BudgetRoundState> {
    return this.rounds.change(actor, id, body, ifMatch);
  }

  @Get(':id/next')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'What the caller may do next with the round' })
  @ApiOkResponse({ type: PageOf(NextStepView) })
  async next(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<Page<NextStep>> {
    return { items: await this.queries.next(actor, id), nextCursor: null };
  }

  @Get(':id/history')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'What happened to a round, oldest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  history(@UuidParam('id') id: string, @Query() page: CursorQuery): Promise<Page<HistoryLineView>> {
    return this.queries.roundHistory(id, page);
  }

  @Step('consolidation', 'Consolidate the submitted estimates and hand them on; for Sở KH&CN')
  @RequireScopes('budget:write')
  consolidate(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.rounds.consolidate(actor, id, ifMatch);
  }

  @Step('appraisal', 'Hand the appraised round on to the Provincial People’s Committee; for Sở Tài chính')
  @RequireScopes('budget:appraise')
  finishAppraisal(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document, documentDate = null }: RoundDocumentBody,
  ): Promise<BudgetRoundState> {
    return this.decisions.finishAppraisal(actor, id, { document, documentDate }, ifMatch);
  }

  @Step('approval', 'Approve the round as one decision; for the Provincial People’s Committee')
  @RequireScopes('budget:approve')
  approve(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: DecisionBody,
  ): Promise<BudgetRoundState> {
    return this.decisions.approve(actor, id, body, ifMatch);
  }

  @Step('allocation', 'Allocate what was approved; for the Provincial People’s Committee and Sở Tài chính')
  @RequireAnyScope('budget:appraise', 'budget:approve')
  allocate(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document, documentDate = null, lines }: AllocationBody,
  ): Promise<BudgetRoundState> {
    return this.decisions.allocate(actor, id, { document, documentDate }, lines, ifMatch);
  }

  @Step(
    'hand-back',
    'Hand a consolidated round back whole: every submitted estimate returns to its agency, the round is open again; for Sở KH&CN and Sở Tài chính',
  )
  @RequireAnyScope('budget:write', 'budget:appraise')
  handBack(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason, document = null }: HandBackBody,
  ): Promise<BudgetRoundState> {
    return this.withdrawals.handBack(actor, id, { reason, document }, ifMatch);
  }

  @Step('cancellation', 'Cancel a round of which nothing is approved yet; for Sở KH&CN')
  @RequireScopes('budget:write')
  cancel(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document, documentDate = null, reason }: CancellationBody,
  ): Promise<BudgetRoundState> {
    return this.withdrawals.cancel(actor, id, { document, documentDate, reason }, ifMatch);
  }
}
