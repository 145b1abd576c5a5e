import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_QUALITY, type RegistryQualityState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { QualityQueries } from './quality.queries.js';
import {
  ArrivalBody,
  CheckBody,
  checkOf,
  ExpectationsBody,
  FreshnessBody,
  ListChecksQuery,
  ListQualityQuery,
} from './quality.requests.js';
import { type QualityCheck, QualityService } from './quality.service.js';
import { CheckView } from './check.view.js';
import { QualityStateView, ScoreLineView, ScoreView, TrendItemView } from './quality.view.js';
import { toScore, toScoreLine } from './score.js';
import { type TrendItem, TrendQueries } from './trend.queries.js';

const DECLARERS = 'For the owning agency and Sở KH&CN.';
const REPORTERS = 'For the owning agency, the operator and Sở KH&CN.';

@ApiTags('quality')
@Controller('v1')
export class QualityController {
  constructor(
    private readonly quality: QualityService,
    private readonly queries: QualityQueries,
    private readonly trends: TrendQueries,
    private readonly history: History,
  ) {}

  @Get('quality')
  @RequireScopes('registry:read')
  @ApiOperation({
    summary: 'Databases by their quality now, the worst first; replaced and retired ones are left out',
  })
  @ApiOkResponse({ type: PageOf(ScoreLineView) })
  async list(@Query() query: ListQualityQuery): Promise<Page<ScoreLineView>> {
    const { items, nextCursor } = await this.queries.list(query);
    return { items: items.map(toScoreLine), nextCursor };
  }

  @Get('databases/:id/quality')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Score of a database now, out of six, with reasons' })
  @ApiOkResponse({ type: ScoreView })
  async read(@UuidParam('id') id: string): Promise<ScoreView> {
    return toScore(await this.queries.of(id));
  }

  @Get('databases/:id/quality/trend')
  @RequireScopes('registry:read')
  @ApiOperation({
    summary: 'Quality of a database by month, the newest first, judged by what is declared today',
  })
  @ApiOkResponse({ type: PageOf(TrendItemView) })
  trend(@UuidParam('id') id: string, @Query() query: ListChecksQuery): Promise<Page<TrendItem>> {
    return this.trends.page(id, query);
  }

  @Get('databases/:id/quality/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every declaration, arrival and check of a database, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.queries.requireDatabase(id);
    return this.history.of(REGISTRY_QUALITY, id, query);
  }

  @Get('databases/:id/quality-checks')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Results of checks of a database, the newest first' })
  @ApiOkResponse({ type: PageOf(CheckView) })
  checks(@UuidParam('id') id: string, @Query() query: ListChecksQuery): Promise<Page<QualityCheck>> {
    return this.queries.checks(id, query);
  }

  @Post('databases/:id/quality-checks')
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Record the results of a check; the same results again change nothing',
    description: REPORTERS,
  })
  @ApiCreatedResponse({ type: CheckView })
  check(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() body: CheckBody,
  ): Promise<QualityCheck> {
    return this.quality.check(actor, id, checkOf(body));
  }

  @Post('databases/:id/updates')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Tell that new data arrived', description: REPORTERS })
  @ApiOkResponse({ type: QualityStateView })
  arrived(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { arrivedAt, records }: ArrivalBody,
  ): Promise<RegistryQualityState> {
    return this.quality.arrived(actor, id, arrivedAt, records ?? null);
  }

  @Put('databases/:id/freshness')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Declare how often new data comes', description: DECLARERS })
  @ApiOkResponse({ type: QualityStateView })
  declareFreshness(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { frequency, toleranceHours }: FreshnessBody,
  ): Promise<RegistryQualityState> {
    const declaration = { frequency, toleranceHours: toleranceHours ?? null };
    return this.quality.declareFreshness(actor, id, declaration, ifMatch);
  }

  @Put('databases/:id/quality-expectations')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Declare what is expected of the content', description: DECLARERS })
  @ApiOkResponse({ type: QualityStateView })
  declareExpectations(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { expectedRecords, mandatoryFields, allowedErrors }: ExpectationsBody,
  ): Promise<RegistryQualityState> {
    const expectations = {
      expectedRecords: expectedRecords ?? null,
      mandatoryFields: mandatoryFields ?? null,
      allowedErrors: allowedErrors ?? null,
    };
    return this.quality.declareExpectations(actor, id, expectations, ifMatch);
  }
}
