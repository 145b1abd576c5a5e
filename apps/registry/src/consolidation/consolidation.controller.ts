import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '#libs/auth';
import { DOCX } from '#libs/documents';
import { FILE_SCHEMA, fileAnswer, UuidParam } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { XLSX } from '#libs/workbooks';
import { PeriodQuery } from '../reports/report.requests.js';
import type { Consolidation } from './consolidation.js';
import { consolidationDocx } from './consolidation-docx.js';
import { ConsolidationService } from './consolidation.service.js';
import { consolidationXlsx } from './consolidation-xlsx.js';
import { ConsolidationView } from './consolidation.view.js';
import { fileNameOf } from './words.js';

/** The table for the Provincial People's Committee: to read, and as files that an office sends on. */
@ApiTags('reports')
@Controller('v1/lists/:id')
export class ConsolidationController {
  constructor(
    private readonly consolidations: ConsolidationService,
    private readonly reference: ReferenceData,
  ) {}

  @Get('consolidation')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'All databases of a list with their reports for a period' })
  @ApiOkResponse({ type: ConsolidationView })
  read(@UuidParam('id') id: string, @Query() { period }: PeriodQuery): Promise<Consolidation> {
    return this.consolidations.consolidate(id, period);
  }

  @Get('consolidation.xlsx')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The same as a workbook' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async xlsx(@UuidParam('id') id: string, @Query() { period }: PeriodQuery): Promise<StreamableFile> {
    const table = await this.consolidations.consolidate(id, period);
    return fileAnswer(await consolidationXlsx(table), XLSX, fileNameOf(table, 'xlsx'));
  }

  @Get('consolidation.docx')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The same as a draft report in the form of Decree 30/2020/NĐ-CP' })
  @ApiProduces(DOCX)
  @ApiOkResponse(FILE_SCHEMA)
  async docx(@UuidParam('id') id: string, @Query() { period }: PeriodQuery): Promise<StreamableFile> {
    const table = await this.consolidations.consolidate(id, period);
    return fileAnswer(await consolidationDocx(table, this.reference), DOCX, fileNameOf(table, 'docx'));
  }
}
