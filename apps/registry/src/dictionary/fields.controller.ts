import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_FIELD, type RegistryFieldState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { DatabasesQueries } from '../databases/databases.service.js';
import {
  AddFieldBody,
  ChangeFieldBody,
  FieldView,
  ListFieldsQuery,
  RemoveFieldBody,
} from './field.requests.js';
import { FieldStore } from './field.store.js';
import { FieldsService } from './fields.service.js';

const WRITERS = 'For the owning agency and Sở KH&CN.';

@ApiTags('dictionary')
@Controller('v1')
export class FieldsController {
  constructor(
    private readonly fields: FieldsService,
    private readonly store: FieldStore,
    private readonly databases: DatabasesQueries,
    private readonly history: History,
  ) {}

  @Get('databases/:id/fields')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Fields of a database and the shared terms they are mapped to' })
  @ApiOkResponse({ type: PageOf(FieldView) })
  async list(
    @UuidParam('id') id: string,
    @Query() query: ListFieldsQuery,
  ): Promise<Page<RegistryFieldState>> {
    await this.databases.read(id);
    return this.store.list(id, query);
  }

  @Post('databases/:id/fields')
  @RequireScopes('registry:write')
  @CreatedAt('/v1/fields/{id}')
  @ApiOperation({ summary: 'Enter a field of a database', description: WRITERS })
  @ApiCreatedResponse({ type: FieldView })
  async add(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { name, description, type, term }: AddFieldBody,
  ): Promise<RegistryFieldState> {
    return this.fields.add(actor, id, {
      name,
      description: description ?? null,
      type: type ?? null,
      term: await this.fields.termOf(term ?? null),
    });
  }

  @Get('fields/:id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One field' })
  @ApiOkResponse({ type: FieldView })
  read(@UuidParam('id') id: string): Promise<RegistryFieldState> {
    return this.store.read(id);
  }

  @Get('fields/:id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a field, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(REGISTRY_FIELD, id, query);
  }

  @Patch('fields/:id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change a field, or map it to a term', description: WRITERS })
  @ApiOkResponse({ type: FieldView })
  async change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { term, ...stated }: ChangeFieldBody,
  ): Promise<RegistryFieldState> {
    const mapping = term === undefined ? {} : { term: await this.fields.termOf(term) };
    return this.fields.change(actor, id, { ...stated, ...mapping }, ifMatch);
  }

  @Post('fields/:id/removal')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Take a field out of its database; it stays readable', description: WRITERS })
  @ApiOkResponse({ type: FieldView })
  remove(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: RemoveFieldBody,
  ): Promise<RegistryFieldState> {
    return this.fields.remove(actor, id, reason, ifMatch);
  }
}
