import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { DOCX } from '#libs/documents';
import { FILE_SCHEMA, fileAnswer, UuidParam } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { XLSX } from '#libs/workbooks';
import { AsOfQuery } from '../periods/period.requests.js';
import type { Consolidation } from './consolidation.js';
import { consolidationDocx } from './consolidation-docx.js';
import { ConsolidationService } from './consolidation.service.js';
import { consolidationXlsx } from './consolidation-xlsx.js';
import { ConsolidationView } from './consolidation.view.js';
import { fileNameOf } from './words.js';

/** The reports of a period taken together: to read, and as files that an office sends on. */
@ApiTags('reports')
@Controller('v1/duties/:dutyId/periods/:id')
export class ConsolidationController {
  constructor(
    private readonly consolidations: ConsolidationService,
    private readonly reference: ReferenceData,
  ) {}

  @Get('consolidation')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary:
      'All reports of a period together; for the owner and the recipients of the duty, and who follows all tasks',
  })
  @ApiOkResponse({ type: ConsolidationView })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('id') id: string,
    @Query() query: AsOfQuery,
  ): Promise<Consolidation> {
    return this.consolidations.consolidate(actor, dutyId, id, query);
  }

  @Get('consolidation.docx')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'The same as a draft report in the form of Decree 30/2020/NĐ-CP' })
  @ApiProduces(DOCX)
  @ApiOkResponse(FILE_SCHEMA)
  async docx(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('id') id: string,
    @Query() query: AsOfQuery,
  ): Promise<StreamableFile> {
    const report = await this.consolidations.consolidate(actor, dutyId, id, query);
    return fileAnswer(await consolidationDocx(report, this.reference), DOCX, fileNameOf(report, 'docx'));
  }

  @Get('consolidation.xlsx')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'The same as a workbook' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async xlsx(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('id') id: string,
    @Query() query: AsOfQuery,
  ): Promise<StreamableFile> {
    const report = await this.consolidations.consolidate(actor, dutyId, id, query);
    return fileAnswer(await consolidationXlsx(report), XLSX, fileNameOf(report, 'xlsx'));
  }
}
