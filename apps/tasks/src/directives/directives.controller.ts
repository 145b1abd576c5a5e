import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { DirectiveState } from '#libs/contracts';
import { Agencies, CreatedAt, type Page, PageOf, UuidParam } from '#libs/http';
import { CreateDirectiveBody, ListDirectivesQuery } from './directive.requests.js';
import { symbolOf } from './directive-state.js';
import { DirectiveView } from './directive.view.js';
import { DirectivesService } from './directives.service.js';

@ApiTags('directives')
@Controller('v1/directives')
export class DirectivesController {
  constructor(
    private readonly directives: DirectivesService,
    private readonly agencies: Agencies,
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
    const { number, symbol, kind, issuer, issuedOn, meetingOn, subject } = body;
    return this.directives.create(actor, {
      number,
      kind,
      issuedOn,
      meetingOn,
      subject,
      symbol: symbol ?? (number === null ? null : symbolOf(number)),
      issuer: this.agencies.requirePresent(issuer, 'issuer'),
    });
  }
}
