import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { IfMatch, UuidParam } from '#libs/http';
import {
  CancellationBody,
  NoteBody,
  ProgressBody,
  ReasonBody,
  SubmissionBody,
} from './task-action.requests.js';
import type { TaskDetail } from './task-state.js';
import { TaskDetailView } from './task.view.js';
import { TasksQueries } from './tasks.queries.js';
import { type ActionDetails, type StateAction, TasksService } from './tasks.service.js';

/** One action: what it is for and what it answers. */
function Action(path: StateAction, summary: string): MethodDecorator {
  return (target, key, descriptor) => {
    Post(`:id/${path}`)(target, key, descriptor);
    HttpCode(200)(target, key, descriptor);
    ApiOperation({ summary })(target, key, descriptor);
    ApiOkResponse({ type: TaskDetailView })(target, key, descriptor);
  };
}

/** What leads and the assigning side do with a task; see LIFECYCLE for what each state allows. */
@ApiTags('tasks')
@Controller('v1/tasks')
export class TaskActionsController {
  constructor(
    private readonly tasks: TasksService,
    private readonly queries: TasksQueries,
  ) {}

  @Action('progress', 'Report progress; for the lead agencies')
  @RequireScopes('tasks:write')
  progress(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { percent, note }: ProgressBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'progress', { progressPercent: percent, note });
  }

  @Action('submission', 'Hand in evidence of completion; for the lead agencies')
  @RequireScopes('tasks:write')
  submission(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { evidence }: SubmissionBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'submission', { evidence, note: evidence.note });
  }

  @Action('confirmation', 'Confirm the evidence: the task is completed; for the assigning side')
  @RequireScopes('tasks:assign')
  confirmation(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { note }: NoteBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'confirmation', { note });
  }

  @Action('return', 'Return the evidence: the work goes on; for the assigning side')
  @RequireScopes('tasks:assign')
  return(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: ReasonBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'return', { note: reason });
  }

  @Action(
    'suspension',
    'Suspend the task: it has no date to keep until it is resumed; for the assigning side',
  )
  @RequireScopes('tasks:assign')
  suspension(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: ReasonBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'suspension', { note: reason });
  }

  @Action('resumption', 'Take up a suspended task again, in the state it had; for the assigning side')
  @RequireScopes('tasks:assign')
  resumption(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { note }: NoteBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'resumption', { note });
  }

  @Action('cancellation', 'Cancel the task for good; for the assigning side')
  @RequireScopes('tasks:assign')
  cancellation(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { ground }: CancellationBody,
  ): Promise<TaskDetail> {
    return this.act(actor, id, ifMatch, 'cancellation', { note: ground });
  }

  private async act(
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
    action: StateAction,
    details: ActionDetails,
  ): Promise<TaskDetail> {
    await this.tasks.act(actor, id, ifMatch, action, details);
    return this.queries.read(actor, id);
  }
}
