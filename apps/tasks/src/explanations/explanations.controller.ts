import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import type { ExplanationItem } from './explanation-state.js';
import {
  AnswerExplanationBody,
  ListExplanationsQuery,
  RequestExplanationBody,
  WithdrawExplanationBody,
} from './explanation.requests.js';
import { ExplanationView } from './explanation.view.js';
import { ExplanationsQueries } from './explanations.queries.js';
import { ExplanationsService } from './explanations.service.js';

/** Requests for explanation (giải trình) and the agencies' answers. */
@ApiTags('explanations')
@Controller('v1')
export class ExplanationsController {
  constructor(
    private readonly explanations: ExplanationsService,
    private readonly queries: ExplanationsQueries,
  ) {}

  @Get('explanations')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Requests for explanation, the earliest last day first',
    description: 'An agency reads those it was asked for; those who follow all tasks read all.',
  })
  @ApiOkResponse({ type: PageOf(ExplanationView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListExplanationsQuery): Promise<Page<ExplanationItem>> {
    return this.queries.list(actor, query);
  }

  @Get('explanations/:id')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'One request with its answers' })
  @ApiOkResponse({ type: ExplanationView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<ExplanationItem> {
    return this.queries.read(actor, id);
  }

  @Post('tasks/:id/explanations')
  @RequireScopes('tasks:assign')
  @CreatedAt('/v1/explanations/{id}')
  @ApiOperation({
    summary: 'Ask the lead agencies of a task to explain',
    description: 'For those who follow all tasks.',
  })
  @ApiCreatedResponse({ type: ExplanationView })
  async request(
    @CurrentActor() actor: Actor,
    @UuidParam('id') taskId: string,
    @Body() body: RequestExplanationBody,
  ): Promise<ExplanationItem> {
    const { id } = await this.explanations.request(actor, taskId, body);
    return this.queries.read(actor, id);
  }

  @Post('explanations/:id/answer')
  @HttpCode(200)
  @RequireScopes('tasks:write')
  @ApiOperation({ summary: 'Explain; for each agency that was asked, once' })
  @ApiOkResponse({ type: ExplanationView })
  async answer(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: AnswerExplanationBody,
  ): Promise<ExplanationItem> {
    await this.explanations.answer(actor, id, ifMatch, body);
    return this.queries.read(actor, id);
  }

  @Post('explanations/:id/withdrawal')
  @HttpCode(200)
  @RequireScopes('tasks:assign')
  @ApiOperation({ summary: 'Withdraw an open request; for those who follow all tasks' })
  @ApiOkResponse({ type: ExplanationView })
  async withdraw(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: WithdrawExplanationBody,
  ): Promise<ExplanationItem> {
    await this.explanations.withdraw(actor, id, ifMatch, reason);
    return this.queries.read(actor, id);
  }
}
