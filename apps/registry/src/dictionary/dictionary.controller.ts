import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { RegistryDictionaryState, RegistryTermState } from '#libs/contracts';
import {
  CodeField,
  CreatedAt,
  CursorQuery,
  DateField,
  IntegerField,
  type Page,
  PageOf,
  TextField,
  UuidField,
  UuidParam,
} from '#libs/http';
import { DictionaryService } from './dictionary.service.js';
import { DictionaryStore } from './dictionary.store.js';
import { ListVersionsQuery } from './term.requests.js';
import { TermView } from './term.view.js';

/** 1, 1.0, 2026.2 */
const NUMBER = /^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$/;

export class PublishBody {
  @CodeField(NUMBER, { description: 'Number of this version, used once', example: '1.0' })
  number: string;

  @TextField({ description: 'Document that puts it into force', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class DictionaryView implements RegistryDictionaryState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Always 1: what is published stays', min: 1 })
  version: number;

  @TextField({ description: 'Number', max: 14 })
  number: string;

  @DateField({ description: 'Day of its publication' })
  publishedOn: string;

  @TextField({ description: 'Document that puts it into force', max: 500, nullable: true })
  document: string | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @IntegerField({ description: 'How many terms it has', min: 1 })
  terms: number;
}

@ApiTags('dictionary')
@Controller('v1/dictionaries')
export class DictionaryController {
  constructor(
    private readonly dictionaries: DictionaryService,
    private readonly store: DictionaryStore,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Published versions of the shared data dictionary, the newest first' })
  @ApiOkResponse({ type: PageOf(DictionaryView) })
  list(@Query() query: CursorQuery): Promise<Page<RegistryDictionaryState>> {
    return this.store.list(query);
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One published version' })
  @ApiOkResponse({ type: DictionaryView })
  read(@UuidParam('id') id: string): Promise<RegistryDictionaryState> {
    return this.store.read(id);
  }

  @Get(':id/terms')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Terms of a published version as they were then, by code' })
  @ApiOkResponse({ type: PageOf(TermView) })
  async terms(
    @UuidParam('id') id: string,
    @Query() query: ListVersionsQuery,
  ): Promise<Page<RegistryTermState>> {
    await this.store.read(id);
    return this.store.terms(id, query);
  }

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/dictionaries/{id}')
  @ApiOperation({
    summary: 'Publish the terms in use, as they are now, as a version of the dictionary',
    description: 'For Sở KH&CN.',
  })
  @ApiCreatedResponse({ type: DictionaryView })
  publish(@CurrentActor() actor: Actor, @Body() body: PublishBody): Promise<RegistryDictionaryState> {
    const { number, document, note } = body;
    return this.dictionaries.publish(actor, { number, document: document ?? null, note: note ?? null });
  }
}
