import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import {
  BUDGET_STAGES,
  type BudgetItemState,
  type BudgetStage,
  STAGE_PHASES,
  type StagePhase,
} from '#libs/contracts';
import {
  BooleanField,
  DateField,
  EnumField,
  IfMatch,
  IntegerField,
  type Page,
  PageOf,
  TextField,
  UuidParam,
} from '#libs/http';
import { ItemView } from '../items/item.view.js';
import { StageMoveBody } from './stage.requests.js';
import { STAGE_TIMELINESS, type StageTimeliness } from './stage-times.js';
import { type StageRecord, StagesService } from './stages.service.js';

class StageRecordView implements StageRecord {
  @EnumField(BUDGET_STAGES, { description: 'Stage' })
  stage: BudgetStage;

  @EnumField(STAGE_PHASES, { description: 'Phase of the stage' })
  phase: StagePhase;

  @DateField({ description: 'Day on which the item came into it, or passed it over' })
  enteredOn: string;

  @DateField({ description: 'Day on which it went on; null: it is there', nullable: true })
  leftOn: string | null;

  @BooleanField({ description: 'Passed over' })
  passedOver: boolean;

  @TextField({ description: 'Why it was passed over, or the item sent back', max: 1_000, nullable: true })
  reason: string | null;

  @TextField({ description: 'Document that brought it there', max: 500, nullable: true })
  document: string | null;

  @DateField({ description: 'Date of the document', nullable: true })
  documentDate: string | null;

  @IntegerField({ description: 'Working days that the law gives; null: no limit', nullable: true })
  limitWorkingDays: number | null;

  @DateField({ description: 'Last day on which it is in time', nullable: true })
  lastDay: string | null;

  @EnumField(STAGE_TIMELINESS, { description: 'In time or late, today' })
  timeliness: StageTimeliness;
}

@ApiTags('items')
@Controller('v1/items')
export class StagesController {
  constructor(private readonly stages: StagesService) {}

  @Get(':id/stages')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Stages that an item went through, oldest first, with the time limits of the law',
  })
  @ApiOkResponse({ type: PageOf(StageRecordView) })
  async list(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<Page<StageRecord>> {
    return { items: await this.stages.list(actor, id), nextCursor: null };
  }

  @Post(':id/stage')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({
    summary: 'Bring an item into another stage',
    description:
      'Forward to any later stage, with a reason for each one passed over; back where the law has it made again, with a ' +
      'reason. For the owner, Sở Tài chính and Sở KH&CN.',
  })
  @ApiOkResponse({ type: ItemView })
  move(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document = null, documentDate = null, reason = null, passedOver = [], ...step }: StageMoveBody,
  ): Promise<BudgetItemState> {
    return this.stages.move(actor, id, { ...step, document, documentDate, reason, passedOver }, ifMatch);
  }
}
