import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { STAFFING_TRAINING_PLAN, type TrainingPlanEventState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { CancelBody } from '../plans/cancel.body.js';
import { AttendanceService } from './attendance.service.js';
import { TrainingPlanStore } from './training-plan.store.js';
import { TrainingPlansService } from './training-plans.service.js';
import {
  AttendanceBody,
  ChangeTrainingPlanBody,
  FinishTrainingBody,
  ListTrainingPlansQuery,
  RegisterTrainingPlanBody,
  StartTrainingBody,
} from './training.requests.js';
import { TrainingPlanView } from './training.view.js';

const KEEPERS = 'For the owner and Sở Nội vụ.';

@ApiTags('training')
@Controller('v1/training-plans')
export class TrainingController {
  constructor(
    private readonly store: TrainingPlanStore,
    private readonly plans: TrainingPlansService,
    private readonly attendance: AttendanceService,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Training plans that the caller sees, the newest first' })
  @ApiOkResponse({ type: PageOf(TrainingPlanView) })
  list(
    @CurrentActor() actor: Actor,
    @Query() query: ListTrainingPlansQuery,
  ): Promise<Page<TrainingPlanEventState>> {
    return this.store.list(actor, query);
  }

  @Get(':id')
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'One training plan' })
  @ApiOkResponse({ type: TrainingPlanView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<TrainingPlanEventState> {
    return this.store.readFor(actor, id);
  }

  @Get(':id/history')
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Every change of a training plan, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.readFor(actor, id);
    return this.history.of(STAFFING_TRAINING_PLAN, id, query);
  }

  @Post()
  @RequireScopes('staffing:write')
  @CreatedAt('/v1/training-plans/{id}')
  @ApiOperation({ summary: 'Register a training plan', description: KEEPERS })
  @ApiCreatedResponse({ type: TrainingPlanView })
  register(
    @CurrentActor() actor: Actor,
    @Body() body: RegisterTrainingPlanBody,
  ): Promise<TrainingPlanEventState> {
    return this.plans.register(actor, body);
  }

  @Patch(':id')
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Change a plan that is not finished or cancelled', description: KEEPERS })
  @ApiOkResponse({ type: TrainingPlanView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeTrainingPlanBody,
  ): Promise<TrainingPlanEventState> {
    return this.plans.change(actor, id, body, ifMatch);
  }

  @Post(':id/start')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Report that a plan is under way', description: KEEPERS })
  @ApiOkResponse({ type: TrainingPlanView })
  start(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { startedOn }: StartTrainingBody,
  ): Promise<TrainingPlanEventState> {
    return this.plans.start(actor, id, startedOn, ifMatch);
  }

  @Post(':id/sessions/:session/attendance')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({
    summary: 'Report that a session was held, and who was there',
    description:
      'For the owner and Sở Nội vụ; a unit of the plan reports its own staff once the session was held.',
  })
  @ApiOkResponse({ type: TrainingPlanView })
  attend(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @UuidParam('session') session: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: AttendanceBody,
  ): Promise<TrainingPlanEventState> {
    return this.attendance.report(actor, id, session, body, ifMatch);
  }

  @Post(':id/completion')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Report that a plan is finished', description: 'For the owner alone.' })
  @ApiOkResponse({ type: TrainingPlanView })
  finish(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: FinishTrainingBody,
  ): Promise<TrainingPlanEventState> {
    return this.plans.finish(actor, id, body, ifMatch);
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @RequireScopes('staffing:write')
  @ApiOperation({ summary: 'Cancel a plan with its ground', description: KEEPERS })
  @ApiOkResponse({ type: TrainingPlanView })
  cancel(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { ground }: CancelBody,
  ): Promise<TrainingPlanEventState> {
    return this.plans.cancel(actor, id, ground, ifMatch);
  }
}
