import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { FILE_SCHEMA, fileAnswer } from '#libs/http';
import { ExchangeStatistics } from './exchange-statistics.js';
import { StatisticsQuery, StatisticsView } from './exchange-statistics.view.js';
import { statisticsCsv } from './statistics-csv.js';

const CSV = 'text/csv';
const WHO = 'Sở KH&CN and Công an tỉnh get everything, another agency that of which it is a party.';

@ApiTags('exchange log')
@Controller('v1')
@RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
export class ExchangeStatisticsController {
  constructor(private readonly statistics: ExchangeStatistics) {}

  @Get('exchange-statistics')
  @ApiOperation({
    summary: 'Requests, refusals, exchanges and denied attempts of a period',
    description: WHO,
  })
  @ApiOkResponse({ type: StatisticsView })
  async read(@CurrentActor() actor: Actor, @Query() period: StatisticsQuery): Promise<StatisticsView> {
    return { items: await this.statistics.rows(actor, period) };
  }

  @Get('exchange-statistics.csv')
  @ApiOperation({ summary: 'The same as CSV (RFC 4180, UTF-8), with Vietnamese headings', description: WHO })
  @ApiProduces(CSV)
  @ApiOkResponse(FILE_SCHEMA)
  async csv(@CurrentActor() actor: Actor, @Query() period: StatisticsQuery): Promise<StreamableFile> {
    const content = await statisticsCsv(await this.statistics.rows(actor, period));
    const name = `Thống kê chia sẻ dữ liệu ${period.from} đến ${period.to}.csv`;
    return fileAnswer(content, `${CSV}; charset=utf-8`, name);
  }
}
