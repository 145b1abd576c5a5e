import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { problem, REGISTRY_PUBLICATION, type RegistryPublicationState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ChangePublicationBody, PublicationView, StatePublicationBody } from './publication.requests.js';
import { PublicationStore } from './publication.store.js';
import { PublicationsService } from './publications.service.js';

const WRITERS = 'For the owning agency and Sở KH&CN.';

@ApiTags('open data')
@Controller('v1/databases/:id/publication')
export class PublicationsController {
  constructor(
    private readonly publications: PublicationsService,
    private readonly store: PublicationStore,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'How a database is described to open-data portals; 404 while nothing is stated' })
  @ApiOkResponse({ type: PublicationView })
  read(@UuidParam('id') id: string): Promise<RegistryPublicationState> {
    return this.stated(id);
  }

  @Get('history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of the description, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    return this.history.of(REGISTRY_PUBLICATION, (await this.stated(id)).id, query);
  }

  @Post()
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'State how a database is described to open-data portals', description: WRITERS })
  @ApiCreatedResponse({ type: PublicationView })
  state(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { ...stated }: StatePublicationBody,
  ): Promise<RegistryPublicationState> {
    return this.publications.state(actor, id, stated);
  }

  @Patch()
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change the description', description: WRITERS })
  @ApiOkResponse({ type: PublicationView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { ...stated }: ChangePublicationBody,
  ): Promise<RegistryPublicationState> {
    return this.publications.change(actor, id, stated, ifMatch);
  }

  private async stated(databaseId: string): Promise<RegistryPublicationState> {
    const state = await this.store.ofDatabase(databaseId);
    if (!state) throw problem('not-found');
    return state;
  }
}
