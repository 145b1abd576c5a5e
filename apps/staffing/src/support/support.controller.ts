import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { STAFFING_SUPPORT_PLAN, type SupportPlanEventState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { CancelBody } from '../plans/cancel.body.js';
import { SupportPlanStore } from './support-plan.store.js';
import { SupportPlansService } from './support-plans.service.js';
import {
  ApproveSupportBody,
  ChangeSupportPlanBody,
  EndSupportBody,
  ListSupportPlansQuery,
  ProposeSupportPlanBody,
  StartSupportBody,
} from './support.requests.js';
import { SupportPlanView } from './support.view.js';

const PROPOSERS = 'For the commune unit, the supporter and Sở Nội vụ.';
const SUPPORTERS = 'For the supporter and Sở Nội vụ.';

@ApiTags('support')
@Controller('v1/support-plans')
export class SupportController {
  constructor(
    private readonly store: SupportPlanStore,
    private readonly plans: SupportPlansService,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Support plans that the caller sees, the newest first' })
  @ApiOkResponse({ type: PageOf(SupportPlanView) })
  list(
    @CurrentActor() actor: Actor,
    @Query() query: ListSupportPlansQuery,
  ): Promise<Page<SupportPlanEventState>> {
    return this.store.list(actor, query);
  }

  @Get(':id')
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'One support plan' })
  @ApiOkResponse({ type: SupportPlanView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<SupportPlanEventState> {
    return this.store.readFor(actor, id);
  }

  @Get(':id/history')
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Every change of a support plan, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.readFor(actor, id);
    return this.history.of(STAFFING_SUPPORT_PLAN, id, query);
  }

  @Post()
  @RequireScopes('staffing:write')
  @CreatedAt('/v1/support-plans/{id}')
  @ApiOperation({ summary: 'Propose support of a commune unit', description: PROPOSERS })
  @ApiCreatedResponse({ type: SupportPlanView })
  propose(
    @CurrentActor() actor: Actor,
    @Body() body: ProposeSupportPlanBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.propose(actor, body);
  }

  @Patch(':id')
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Change a plan that is not approved yet', description: PROPOSERS })
  @ApiOkResponse({ type: SupportPlanView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeSupportPlanBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.change(actor, id, body, ifMatch);
  }

  @Post(':id/approval')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({
    summary: 'Approve a plan by a document',
    description: 'For the Provincial People’s Committee and Sở Nội vụ, unless it is the supporter.',
  })
  @ApiOkResponse({ type: SupportPlanView })
  approve(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ApproveSupportBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.approve(actor, id, body, ifMatch);
  }

  @Post(':id/start')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Report that the support began', description: SUPPORTERS })
  @ApiOkResponse({ type: SupportPlanView })
  start(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { startedOn }: StartSupportBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.start(actor, id, startedOn, ifMatch);
  }

  @Post(':id/end')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Report that the support ended, and what came of it', description: SUPPORTERS })
  @ApiOkResponse({ type: SupportPlanView })
  end(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: EndSupportBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.end(actor, id, body, ifMatch);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Cancel a plan with its ground', description: PROPOSERS })
  @ApiOkResponse({ type: SupportPlanView })
  cancel(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { ground }: CancelBody,
  ): Promise<SupportPlanEventState> {
    return this.plans.cancel(actor, id, ground, ifMatch);
  }
}
