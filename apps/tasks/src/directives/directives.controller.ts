import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { DirectiveState } from '#libs/contracts';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ChangeDirectiveBody, CreateDirectiveBody, ListDirectivesQuery } from './directive.requests.js';
import { symbolOf } from './directive-state.js';
import { DirectiveView } from './directive.view.js';
import { DirectivesService } from './directives.service.js';
import { Thresholds } from './thresholds.js';

@ApiTags('directives')
@Controller('v1/directives')
export class DirectivesController {
  constructor(
    private readonly directives: DirectivesService,
    private readonly agencies: Agencies,
    private readonly thresholds: Thresholds,
  ) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Directives, in the order they were registered' })
  @ApiOkResponse({ type: PageOf(DirectiveView) })
  list(@Query() query: ListDirectivesQuery): Promise<Page<DirectiveState>> {
    return this.directives.list(query);
  }

  @Get(':id')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'One directive' })
  @ApiOkResponse({ type: DirectiveView })
  read(@UuidParam('id') id: string): Promise<DirectiveState> {
    return this.directives.read(id);
  }

  @Post()
  @RequireScopes('tasks:assign')
  @CreatedAt('/v1/directives/{id}')
  @ApiOperation({
    summary: 'Register a directive',
    description: 'For its issuer, the Provincial People’s Committee, its Office and Sở KH&CN.',
  })
  @ApiCreatedResponse({ type: DirectiveView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateDirectiveBody): Promise<DirectiveState> {
    const { number, symbol, kind, issuer, issuedOn, meetingOn, subject, dueSoonWorkingDays } = body;
    return this.directives.create(actor, {
      number,
      kind,
      issuedOn,
      meetingOn,
      subject,
      dueSoonWorkingDays,
      symbol: symbol ?? (number === null ? null : symbolOf(number)),
      issuer: this.agencies.requirePresent(issuer, 'issuer'),
    });
  }

  @Patch(':id')
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'Change the threshold of "due soon"',
    description: 'Its unfinished tasks follow at once; the finished ones keep the threshold they had.',
  })
  @ApiOkResponse({ type: DirectiveView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { dueSoonWorkingDays }: ChangeDirectiveBody,
  ): Promise<DirectiveState> {
    return this.thresholds.change(actor, id, ifMatch, dueSoonWorkingDays);
  }
}
