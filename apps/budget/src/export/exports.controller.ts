import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { FILE_SCHEMA, fileAnswer } from '#libs/http';
import { XLSX } from '#libs/workbooks';
import { CSV } from '../import/readers/read-file.js';
import { itemsCsv } from './csv.js';
import { ExportQuery } from './export.requests.js';
import { ExportsService } from './exports.service.js';
import { itemsWorkbook } from './workbook.js';

const READERS =
  'An agency gets its own; Sở Tài chính, Sở KH&CN and the Provincial Office all. Filters as of the list.';

@ApiTags('export')
@Controller('v1/exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get('items.xlsx')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary:
      'Projects and activities as a workbook to print: a sheet for each kind and fiscal year, totals as formulas',
    description: `${READERS} Projects in million đồng, activities in đồng, as the sheets say.`,
  })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async workbook(@CurrentActor() actor: Actor, @Query() filters: ExportQuery): Promise<StreamableFile> {
    const content = await itemsWorkbook(await this.exports.collect(actor, filters));
    return fileAnswer(content, XLSX, `${nameOf(filters)}.xlsx`);
  }

  @Get('items.csv')
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Projects and activities as CSV, all amounts in whole đồng',
    description: READERS,
  })
  @ApiProduces(CSV)
  @ApiOkResponse(FILE_SCHEMA)
  async csv(@CurrentActor() actor: Actor, @Query() filters: ExportQuery): Promise<StreamableFile> {
    const content = await itemsCsv(await this.exports.collect(actor, filters));
    return fileAnswer(content, `${CSV}; charset=utf-8`, `${nameOf(filters)}.csv`);
  }
}

function nameOf({ year }: ExportQuery): string {
  return ['Danh mục dự án, nhiệm vụ chuyển đổi số', ...(year === undefined ? [] : [`năm ${year}`])].join(' ');
}
