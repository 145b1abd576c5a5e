import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { SHARING_DATASET, type SharingDatasetState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import {
  ChangeDatasetBody,
  CloseDatasetBody,
  ListDatasetsQuery,
  RegisterDatasetBody,
} from './dataset.requests.js';
import { DatasetStore } from './dataset.store.js';
import { DatasetLineView, DatasetView } from './dataset.view.js';
import { Datasets } from './datasets.js';

const OWNER = 'For the agency that registered it.';

@ApiTags('datasets')
@Controller('v1/datasets')
export class DatasetsController {
  constructor(
    private readonly datasets: Datasets,
    private readonly store: DatasetStore,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Datasets that agencies share, by code; without their schemas' })
  @ApiOkResponse({ type: PageOf(DatasetLineView) })
  async list(@Query() query: ListDatasetsQuery): Promise<Page<Omit<SharingDatasetState, 'schema'>>> {
    const { items, nextCursor } = await this.store.list(query);
    return { items: items.map(({ schema: _, ...line }) => line), nextCursor };
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One dataset with its schema' })
  @ApiOkResponse({ type: DatasetView })
  read(@UuidParam('id') id: string): Promise<SharingDatasetState> {
    return this.store.read(id);
  }

  @Get(':id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a dataset, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(SHARING_DATASET, id, query);
  }

  @Post()
  @RequireScopes('sharing:decide')
  @CreatedAt('/v1/datasets/{id}')
  @ApiOperation({
    summary: "Register a dataset of the caller's own agency",
    description:
      'Its code is that of the agency, a hyphen, and the slug; it publishes to the subject answered.',
  })
  @ApiCreatedResponse({ type: DatasetView })
  register(@CurrentActor() actor: Actor, @Body() body: RegisterDatasetBody): Promise<SharingDatasetState> {
    const { slug, title, meaning, fields } = body;
    return this.datasets.register(actor, {
      slug,
      title,
      meaning,
      fields,
      classification: body.classification ?? 'shared',
      access: body.access ?? 'on-request',
      master: body.master ?? false,
      legalGround: body.legalGround ?? null,
      databaseId: body.databaseId ?? null,
    });
  }

  @Patch(':id')
  @RequireScopes('sharing:decide')
  @ApiOperation({
    summary: 'Offer a dataset otherwise',
    description: `${OWNER} What a grant or an open request has stays: 409 names them.`,
  })
  @ApiOkResponse({ type: DatasetView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { addedFieldsToGrantsOfAll, ...changes }: ChangeDatasetBody,
  ): Promise<SharingDatasetState> {
    return this.datasets.change(actor, id, changes, {
      ifMatch,
      addedToAll: addedFieldsToGrantsOfAll ?? false,
    });
  }

  @Post(':id/closing')
  @HttpCode(200)
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: 'Take no further requests; grants go on until their end', description: OWNER })
  @ApiOkResponse({ type: DatasetView })
  close(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: CloseDatasetBody,
  ): Promise<SharingDatasetState> {
    return this.datasets.close(actor, id, reason, ifMatch);
  }
}
