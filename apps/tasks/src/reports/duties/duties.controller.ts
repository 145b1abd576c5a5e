import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { ReportDutyState } from '#libs/contracts';
import {
  Agencies,
  CreatedAt,
  fieldProblem,
  IfMatch,
  type KnownAgency,
  type Page,
  PageOf,
  UuidParam,
} from '#libs/http';
import { DutiesQueries } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import {
  ChangeDutyBody,
  CreateDutyBody,
  DEFAULT_ESCALATION,
  EndDutyBody,
  ListDutiesQuery,
} from './duty.requests.js';
import { toRule } from './rule.requests.js';
import type { DutyDetail } from './duty-state.js';
import { DutyDetailView, DutyView } from './duty.view.js';

@ApiTags('reports')
@Controller('v1/duties')
export class DutiesController {
  constructor(
    private readonly duties: DutiesService,
    private readonly queries: DutiesQueries,
    private readonly agencies: Agencies,
  ) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Duties to report, in the order of registration; those that concern the caller' })
  @ApiOkResponse({ type: PageOf(DutyView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListDutiesQuery): Promise<Page<ReportDutyState>> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'One duty with its history' })
  @ApiOkResponse({ type: DutyDetailView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<DutyDetail> {
    return this.queries.read(actor, id);
  }

  @Post()
  @RequireScopes('tasks:assign')
  @CreatedAt('/v1/duties/{id}')
  @ApiOperation({
    summary: 'Register a duty to report',
    description:
      'For the issuer of the directive, the Provincial People’s Committee, its Office and Sở KH&CN. Periods open by themselves; those that are over by now are not judged.',
  })
  @ApiCreatedResponse({ type: DutyDetailView })
  async create(@CurrentActor() actor: Actor, @Body() body: CreateDutyBody): Promise<DutyDetail> {
    const recipients = body.recipients ?? (actor.agency === null ? undefined : [actor.agency]);
    if (recipients === undefined) throw fieldProblem({ field: 'recipients', code: 'required' });
    const { id } = await this.duties.create(actor, {
      title: body.title,
      directiveId: body.directiveId,
      clause: body.clause,
      agencies: this.agencies.requireAllPresent(body.agencies, 'agencies'),
      recipients: this.receiving(recipients),
      rule: toRule(body.rule),
      form: body.form,
      graceWorkingDays: body.graceWorkingDays,
      escalation: body.escalation ?? [...DEFAULT_ESCALATION],
      startsOn: body.startsOn,
      endsOn: body.endsOn,
      assumptions: body.assumptions,
    });
    return this.queries.read(actor, id);
  }

  @Patch(':id')
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'Change a duty; for those who may set it. Periods that are open stay as they are',
  })
  @ApiOkResponse({ type: DutyDetailView })
  async change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeDutyBody,
  ): Promise<DutyDetail> {
    const { agencies, recipients, ...plain } = body;
    await this.duties.change(actor, id, ifMatch, {
      ...plain,
      ...(agencies && { agencies: this.agencies.requireAllPresent(agencies, 'agencies') }),
      ...(recipients && { recipients: this.receiving(recipients) }),
    });
    return this.queries.read(actor, id);
  }

  @Post(':id/end')
  @HttpCode(200)
  @RequireScopes('tasks:assign')
  @ApiOperation({ summary: 'End a duty today; periods that last longer are withdrawn' })
  @ApiOkResponse({ type: DutyDetailView })
  async end(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { ground }: EndDutyBody,
  ): Promise<DutyDetail> {
    await this.duties.end(actor, id, ifMatch, ground);
    return this.queries.read(actor, id);
  }

  /** Reports go to agencies that exist and can be named, not to groups. */
  private receiving(codes: readonly string[]): KnownAgency[] {
    return codes.map((code, index) => {
      const field = `recipients[${index}]`;
      this.agencies.requirePresent(code, field);
      return this.agencies.requireOwner(code, field);
    });
  }
}
