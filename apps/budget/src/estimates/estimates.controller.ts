import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetEstimateState } from '#libs/contracts';
import { HistoryLineView } from '#libs/history';
import { Agencies, CreatedAt, CursorQuery, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { DecisionsService } from './decisions.service.js';
import {
  AppraisalBody,
  DraftEstimateBody,
  EstimateLinesBody,
  ListEstimatesQuery,
  ListLinesQuery,
  ReturnBody,
  type StatedLineBody,
} from './estimate.requests.js';
import { EstimateView, TableLineView } from './estimate.view.js';
import { EstimatesQueries, type TableLine } from './estimates.queries.js';
import { EstimatesService, type StatedLine } from './estimates.service.js';

const READERS = 'An agency sees its own; Sở Tài chính, Sở KH&CN and the Provincial Office see all.';
const WRITERS = 'For the agency itself, Sở Tài chính and Sở KH&CN.';

@ApiTags('estimates')
@Controller('v1')
export class EstimatesController {
  constructor(
    private readonly estimates: EstimatesService,
    private readonly decisions: DecisionsService,
    private readonly queries: EstimatesQueries,
    private readonly agencies: Agencies,
  ) {}

  @Get('estimates')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Estimates', description: READERS })
  @ApiOkResponse({ type: PageOf(EstimateView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListEstimatesQuery): Promise<Page<BudgetEstimateState>> {
    return this.queries.estimates(actor, query);
  }

  @Post('estimates')
  @RequireScopes('budget:write')
  @CreatedAt('/v1/estimates/{id}')
  @ApiOperation({ summary: 'Begin the estimate of an agency or commune in a round', description: WRITERS })
  @ApiCreatedResponse({ type: EstimateView })
  draft(
    @CurrentActor() actor: Actor,
    @Body() { round, agency }: DraftEstimateBody,
  ): Promise<BudgetEstimateState> {
    return this.estimates.draft(actor, round, this.agencies.requirePresent(agency, 'agency'));
  }

  @Get('estimates/:id')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'One estimate', description: READERS })
  @ApiOkResponse({ type: EstimateView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<BudgetEstimateState> {
    return this.queries.estimate(actor, id);
  }

  @Get('estimates/:id/history')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'What happened to an estimate, oldest first', description: READERS })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  history(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() page: CursorQuery,
  ): Promise<Page<HistoryLineView>> {
    return this.queries.estimateHistory(actor, id, page);
  }

  @Post('estimates/:id/lines')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({
    summary: 'Replace the lines of a draft or returned estimate',
    description: `${WRITERS} A line that came from another service and is left out waits for the next round.`,
  })
  @ApiOkResponse({ type: EstimateView })
  setLines(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { lines }: EstimateLinesBody,
  ): Promise<BudgetEstimateState> {
    return this.estimates.setLines(actor, id, lines.map(statedLine), ifMatch);
  }

  @Post('estimates/:id/submission')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Submit an estimate to Sở KH&CN', description: WRITERS })
  @ApiOkResponse({ type: EstimateView })
  submit(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<BudgetEstimateState> {
    return this.estimates.submit(actor, id, ifMatch);
  }

  @Post('estimates/:id/return')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Return a submitted estimate with a reason; for Sở KH&CN' })
  @ApiOkResponse({ type: EstimateView })
  return(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: ReturnBody,
  ): Promise<BudgetEstimateState> {
    return this.estimates.return(actor, id, reason, ifMatch);
  }

  @Get('estimate-lines')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Lines of estimates: the consolidated table of a round, or what waits for a round',
    description: READERS,
  })
  @ApiOkResponse({ type: PageOf(TableLineView) })
  lines(@CurrentActor() actor: Actor, @Query() query: ListLinesQuery): Promise<Page<TableLine>> {
    return this.queries.lines(actor, query);
  }

  @Post('estimate-lines/:id/appraisal')
  @HttpCode(200)
  @RequireScopes('budget:appraise')
  @ApiOperation({ summary: 'Accept, reduce or refuse a line of a consolidated round; for Sở Tài chính' })
  @ApiOkResponse({ type: EstimateView })
  appraise(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { verdict, amount = null, reason = null, ground = null }: AppraisalBody,
  ): Promise<BudgetEstimateState> {
    return this.decisions.appraise(actor, id, { verdict, amount, reason, ground }, ifMatch);
  }
}

function statedLine(body: StatedLineBody): StatedLine {
  const {
    itemId = null,
    kind = 'activity',
    source = 'state-recurrent',
    form = 'cash',
    explanation = null,
  } = body;
  const { id, name, amount } = body;
  return { id, itemId, kind, name, source, form, amount, explanation };
}
