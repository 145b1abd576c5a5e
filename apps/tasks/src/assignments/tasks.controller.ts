import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import { Agencies, CreatedAt, fieldProblem, IfMatch, PageOf, UuidParam } from '#libs/http';
import { resolveDue } from './task-due.js';
import { Moments } from './moment.js';
import { Splitting } from './splitting.js';
import {
  CreateTaskBody,
  ListTasksQuery,
  type PartBody,
  ReadTaskQuery,
  SplitBody,
  TaskFilters,
} from './task.requests.js';
import type { TaskDetail } from './task-state.js';
import { SplitTaskView, TaskDetailView, TaskItemView } from './task.view.js';
import { type TaskTotals, TaskTotalsQueries } from './task-totals.js';
import { TaskTotalsView } from './task-totals.view.js';
import { TasksQueries } from './tasks.queries.js';
import { TasksService } from './tasks.service.js';

@ApiTags('tasks')
@Controller('v1/tasks')
export class TasksController {
  constructor(
    private readonly tasks: TasksService,
    private readonly queries: TasksQueries,
    private readonly agencies: Agencies,
    private readonly splitting: Splitting,
    private readonly moments: Moments,
    private readonly totalsQueries: TaskTotalsQueries,
  ) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Tasks, the earliest last day first',
    description: 'Only those the agency has a part in.',
  })
  @ApiOkResponse({ type: PageOf(TaskItemView) })
  @Header('content-type', 'application/json; charset=utf-8')
  list(@CurrentActor() actor: Actor, @Query() query: ListTasksQuery): Promise<Buffer> {
    return this.queries.listAsJson(actor, query);
  }

  @Get('totals')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'How many tasks, and how they stand',
    description: 'Of those the agency has a part in, with the filters of the list.',
  })
  @ApiOkResponse({ type: TaskTotalsView })
  totals(@CurrentActor() actor: Actor, @Query() filters: TaskFilters): Promise<TaskTotals> {
    return this.totalsQueries.totals(actor, filters);
  }

  @Get(':id')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'One task with its evidence and history' })
  @ApiOkResponse({ type: TaskDetailView })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() { asOf }: ReadTaskQuery,
  ): Promise<TaskDetail> {
    return this.queries.read(actor, id, asOf);
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
    const assigned = await this.tasks.create(actor, {
      directiveId: body.directiveId,
      clause: body.clause,
      title: body.title,
      description: body.description,
      ...this.agenciesOf(body),
      due: (reference) => resolveDue(body.due, reference),
    });
    return this.queries.detailOfNew(assigned);
  }

  @Post(':id/split')
  @RequireAnyScope('tasks:write', 'tasks:assign')
  @ApiOperation({
    summary: 'Split a task among other agencies, or forward it',
    description:
      'For the lead agencies and the assigning side. The agency that splits is the assigning side of the parts.',
  })
  @ApiCreatedResponse({ type: SplitTaskView })
  async split(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { children, note }: SplitBody,
  ): Promise<SplitTaskView> {
    const contents = children.map((part, index) => ({
      title: part.title,
      description: part.description,
      ...this.agenciesOf(part, `children[${index}].`),
      due: part.due ? (reference: string) => resolveDue(part.due, reference) : null,
    }));
    const { whole, parts } = await this.splitting.split(actor, id, ifMatch, contents, note);
    const items = await this.queries.itemsOf([whole, ...parts], this.moments.at(undefined));
    const [first, ...others] = items;
    if (!first) throw new Error('a task was split and lost');
    return { whole: first, children: others };
  }

  /** @param prefix path of the object that names them */
  private agenciesOf({ leads, collaborators }: Pick<PartBody, 'leads' | 'collaborators'>, prefix = '') {
    const both = collaborators.findIndex((code) => leads.includes(code));
    if (both >= 0) throw fieldProblem({ field: `${prefix}collaborators[${both}]`, code: 'duplicate' });
    return {
      leads: this.agencies.requireAllPresent(leads, `${prefix}leads`),
      collaborators: this.agencies.requireAllPresent(collaborators, `${prefix}collaborators`),
    };
  }
}
