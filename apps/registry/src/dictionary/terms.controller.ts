import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_TERM, type RegistryTermState, type SourceOfTruth } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { oneOfTwo } from '../connections/connections.service.js';
import {
  AddTermBody,
  ChangeTermBody,
  ListTermsQuery,
  ListVersionsQuery,
  type SourceOfTruthBody,
} from './term.requests.js';
import { TermStore, type TermVersion } from './term.store.js';
import { TermVersionView, TermView } from './term.view.js';
import { TermsService } from './terms.service.js';

const KEEPER = 'For Sở KH&CN.';

@ApiTags('dictionary')
@Controller('v1/terms')
export class TermsController {
  constructor(
    private readonly terms: TermsService,
    private readonly store: TermStore,
    private readonly agencies: Agencies,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Terms of the shared data dictionary, by code' })
  @ApiOkResponse({ type: PageOf(TermView) })
  list(@Query() query: ListTermsQuery): Promise<Page<RegistryTermState>> {
    return this.store.list(query);
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One term in its newest version' })
  @ApiOkResponse({ type: TermView })
  read(@UuidParam('id') id: string): Promise<RegistryTermState> {
    return this.store.read(id);
  }

  @Get(':id/versions')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The term in each of its versions, the newest first' })
  @ApiOkResponse({ type: PageOf(TermVersionView) })
  async versions(@UuidParam('id') id: string, @Query() query: ListVersionsQuery): Promise<Page<TermVersion>> {
    await this.store.read(id);
    return this.store.versions(id, query);
  }

  @Get(':id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a term, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(REGISTRY_TERM, id, query);
  }

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/terms/{id}')
  @ApiOperation({ summary: 'Add a term', description: KEEPER })
  @ApiCreatedResponse({ type: TermView })
  add(@CurrentActor() actor: Actor, @Body() body: AddTermBody): Promise<RegistryTermState> {
    const { code, name, meaning, type } = body;
    return this.terms.add(actor, {
      code,
      name,
      meaning,
      type,
      englishName: body.englishName ?? null,
      codes: body.codes ?? [],
      codeSource: body.codeSource ?? null,
      legalBasis: body.legalBasis ?? null,
      sourceOfTruth: this.sourceOf(body.sourceOfTruth),
      sharing: body.sharing ?? null,
      state: body.state ?? 'in-use',
    });
  }

  @Patch(':id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change a term, which gives it a new version', description: KEEPER })
  @ApiOkResponse({ type: TermView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { note, sourceOfTruth, ...stated }: ChangeTermBody,
  ): Promise<RegistryTermState> {
    const source = sourceOfTruth === undefined ? {} : { sourceOfTruth: this.sourceOf(sourceOfTruth) };
    return this.terms.change(actor, id, { ...stated, ...source }, { ifMatch, note });
  }

  private sourceOf(stated: SourceOfTruthBody | null | undefined): SourceOfTruth | null {
    if (!stated) return null;
    const [databaseId, agency] = [stated.databaseId ?? null, stated.agency ?? null];
    if ((databaseId === null) === (agency === null)) {
      throw oneOfTwo('sourceOfTruth.databaseId', 'sourceOfTruth.agency');
    }
    return {
      // Its name is the catalogue's, whenever the term is read.
      database: databaseId === null ? null : { id: databaseId, name: '' },
      agency: agency === null ? null : this.agencies.requirePresent(agency, 'sourceOfTruth.agency'),
    };
  }
}
