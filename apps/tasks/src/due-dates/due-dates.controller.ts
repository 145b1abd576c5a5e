import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { fieldProblem, IfMatch, UuidParam } from '#libs/http';
import type { TaskDetail } from '../assignments/task-state.js';
import { TaskDetailView } from '../assignments/task.view.js';
import { TasksQueries } from '../assignments/tasks.queries.js';
import {
  DueCorrectionBody,
  type DueDocumentBody,
  ExtensionBody,
  ExtensionLiftBody,
  ExtensionRequestBody,
  GrantBody,
  RefusalBody,
} from './due-date.requests.js';
import { DueDatesService } from './due-dates.service.js';

/** A POST on a task that answers the task. */
function OnTask(path: string, summary: string, description?: string): MethodDecorator {
  return (target, key, descriptor) => {
    Post(`:id/${path}`)(target, key, descriptor);
    HttpCode(200)(target, key, descriptor);
    ApiOperation({ summary, description })(target, key, descriptor);
    ApiOkResponse({ type: TaskDetailView })(target, key, descriptor);
  };
}

/** What leads ask and the assigning side decides about due dates. */
@ApiTags('due dates')
@Controller('v1/tasks')
export class DueDatesController {
  constructor(
    private readonly dueDates: DueDatesService,
    private readonly queries: TasksQueries,
    private readonly clock: Clock,
  ) {}

  @OnTask('extension-requests', 'Ask for more time; for the lead agencies', 'One at a time.')
  @RequireScopes('tasks:write')
  async request(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { date, lastDay, reason }: ExtensionRequestBody,
  ): Promise<TaskDetail> {
    await this.dueDates.request(actor, id, ifMatch, { ...days(date, lastDay), reason });
    return this.queries.read(actor, id);
  }

  @OnTask('extension-requests/:requestId/grant', 'Grant more time; for the assigning side')
  @RequireScopes('tasks:assign')
  async grant(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @UuidParam('requestId') requestId: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { date, lastDay, document, reason, noFurtherExtension }: GrantBody,
  ): Promise<TaskDetail> {
    if (!date && lastDay) throw fieldProblem({ field: 'date', code: 'required' });
    this.requireIssued(document);
    await this.dueDates.grant(actor, id, requestId, ifMatch, (asked) => ({
      due: { ...(date ? days(date, lastDay) : { date: asked.date, lastDay: asked.lastDay }), phrase: null },
      reason: reason ?? null,
      document: { number: document.number, date: document.date },
      noFurtherExtension: noFurtherExtension ?? false,
    }));
    return this.queries.read(actor, id);
  }

  @OnTask('extension-requests/:requestId/refusal', 'Refuse more time; for the assigning side')
  @RequireScopes('tasks:assign')
  async refuse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @UuidParam('requestId') requestId: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: RefusalBody,
  ): Promise<TaskDetail> {
    await this.dueDates.refuse(actor, id, requestId, ifMatch, reason);
    return this.queries.read(actor, id);
  }

  @OnTask('extension', 'Give more time without being asked; for the assigning side')
  @RequireScopes('tasks:assign')
  async extend(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { date, lastDay, document, reason, noFurtherExtension }: ExtensionBody,
  ): Promise<TaskDetail> {
    this.requireIssued(document);
    await this.dueDates.extend(actor, id, ifMatch, {
      due: { ...days(date, lastDay), phrase: null },
      reason: reason ?? null,
      document: { number: document.number, date: document.date },
      noFurtherExtension: noFurtherExtension ?? false,
    });
    return this.queries.read(actor, id);
  }

  @OnTask(
    'due-correction',
    'Put a wrongly entered due date right; for the assigning side',
    'No extension: it is not counted as one, and moves nothing later on a task that may not be extended.',
  )
  @RequireScopes('tasks:assign')
  async correct(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { date, lastDay, phrase, reason }: DueCorrectionBody,
  ): Promise<TaskDetail> {
    await this.dueDates.correct(actor, id, ifMatch, (present) => ({
      due: { ...days(date, lastDay), phrase: phrase === undefined ? present : phrase },
      reason,
      document: null,
      noFurtherExtension: false,
    }));
    return this.queries.read(actor, id);
  }

  @OnTask(
    'extension-lift',
    'Allow extensions again; for the assigning side',
    'Only by a new, registered directive of the same issuer.',
  )
  @RequireScopes('tasks:assign')
  async lift(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { directiveId, note }: ExtensionLiftBody,
  ): Promise<TaskDetail> {
    await this.dueDates.lift(actor, id, ifMatch, directiveId, note ?? null);
    return this.queries.read(actor, id);
  }

  private requireIssued({ date }: DueDocumentBody): void {
    const today = this.clock.today();
    if (date > today)
      throw fieldProblem({ field: 'document.date', code: 'too-large', parameters: { max: today } });
  }
}

/** A date alone is its own last day. */
function days(date: string, lastDay: string | null | undefined): { date: string; lastDay: string } {
  if (lastDay && lastDay > date) {
    const texts = {
      vi: 'Không được muộn hơn ngày ghi trong văn bản.',
      en: 'Must not be later than the date as written.',
    };
    throw fieldProblem({ field: 'lastDay', code: 'last-day-after-date', texts });
  }
  return { date, lastDay: lastDay ?? date };
}
