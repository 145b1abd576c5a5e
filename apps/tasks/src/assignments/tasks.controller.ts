import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { Agencies, CreatedAt, fieldProblem, type Page, PageOf, UuidParam } from '#libs/http';
import { resolveDue } from './task-due.js';
import { CreateTaskBody, ListTasksQuery } from './task.requests.js';
import type { TaskDetail, TaskItem } from './task-state.js';
import { TaskDetailView, TaskItemView } from './task.view.js';
import { TasksQueries } from './tasks.queries.js';
import { TasksService } from './tasks.service.js';

@ApiTags('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly queries: TasksQueries,
    private readonly agencies: Agencies,
  ) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Tasks, the earliest last day first',
    description: 'Only those the agency has a part in.',
  })
  @ApiOkResponse({ type: PageOf(TaskItemView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListTasksQuery): Promise<Page<TaskItem>> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'One task with its evidence and history' })
  @ApiOkResponse({ type: TaskDetailView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<TaskDetail> {
    return this.queries.read(actor, id);
  }

  @Post()
  @RequireScopes('tasks:assign')
  @CreatedAt('/v1/tasks/{id}')
  @ApiOperation({
    summary: 'Assign a task',
    description:
      'For the issuer of the directive, the Provincial People’s Committee, its Office and Sở KH&CN.',
  })
  @ApiCreatedResponse({ type: TaskDetailView })
  async create(@CurrentActor() actor: Actor, @Body() body: CreateTaskBody): Promise<TaskDetail> {
    const both = body.collaborators.findIndex((code) => body.leads.includes(code));
    if (both >= 0) throw fieldProblem({ field: `collaborators[${both}]`, code: 'duplicate' });
    const assigned = await this.tasks.create(actor, {
      directiveId: body.directiveId,
      clause: body.clause,
      title: body.title,
      description: body.description,
      leads: this.agencies.requireAllPresent(body.leads, 'leads'),
      collaborators: this.agencies.requireAllPresent(body.collaborators, 'collaborators'),
      due: (reference) => resolveDue(body.due, reference),
    });
    return this.queries.detailOfNew(assigned);
  }
}
