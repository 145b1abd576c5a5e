import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CursorQuery, type Page, PageOf, UuidParam } from '#libs/http';
import { Timeline } from './timeline.js';
import type { TimelineEntry } from './timeline-source.js';
import { TimelineEntryView } from './timeline.view.js';

@ApiTags('tasks')
@Controller('v1/tasks/:id/timeline')
export class TimelineController {
  constructor(private readonly timeline: Timeline) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Everything that happened to a task, oldest first',
    description: 'Its history, reminders and explanations in one order.',
  })
  @ApiOkResponse({ type: PageOf(TimelineEntryView) })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: CursorQuery,
  ): Promise<Page<TimelineEntry>> {
    return this.timeline.of(actor, id, query);
  }
}
