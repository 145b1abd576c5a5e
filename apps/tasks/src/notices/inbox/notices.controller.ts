import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { type Page, PageOf, UuidParam } from '#libs/http';
import { Inbox } from './inbox.js';
import { ListNoticesQuery } from './notice.requests.js';
import { NoticeView } from './notice.view.js';

@ApiTags('notices')
@Controller('v1/notices')
@RequireAnyScope('tasks:read', 'admin')
export class NoticesController {
  constructor(private readonly inbox: Inbox) {}

  @Get()
  @ApiOperation({
    summary: 'Notices in an agency’s inbox, the newest first',
    description:
      'Reminders, requests for explanation, decisions. Other inboxes than the own: only for those who follow all tasks, and administrators.',
  })
  @ApiOkResponse({ type: PageOf(NoticeView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListNoticesQuery): Promise<Page<NoticeView>> {
    return this.inbox.list(actor, query);
  }

  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark as read by the own agency' })
  @ApiOkResponse({ type: NoticeView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<NoticeView> {
    return this.inbox.read(actor, id);
  }
}
