import { Controller, Get, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { FILE_SCHEMA, fileAnswer, type Page, PageOf } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { workbookProblem, XLSX } from '#libs/workbooks';
import { ImportLog, type LoggedImport } from './import-log.js';
import { ImportQuery, ListImportsQuery } from './import.requests.js';
import type { ImportResult } from './import-result.js';
import { ImportView } from './import.view.js';
import { LoggedImportView } from './logged-import.view.js';
import { ImportsService } from './imports.service.js';
import { fileProblem } from './readers/file-problems.js';
import { IMPORT_TYPES } from './readers/read-file.js';
import { templateWorkbook } from './template.js';

/** Path of the one route that takes files, see service.ts. */
export const IMPORTS_PATH = '/v1/imports';

@ApiTags('import')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly log: ImportLog,
    private readonly reference: ReferenceData,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({
    summary: 'Import tables of projects and activities from .xlsx, .csv or text',
    description:
      'The body is the file itself. All or nothing: with any fault it is refused (422 `import-refused`, with `faults` by ' +
      'row and column). The same file again changes nothing. An agency imports its own rows, Sở Tài chính and Sở KH&CN all.',
  })
  @ApiConsumes(...IMPORT_TYPES)
  @ApiBody(FILE_SCHEMA)
  @ApiOkResponse({ type: ImportView })
  import(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() { dryRun = false, document, clause, asOf, ...stated }: ImportQuery,
  ): Promise<ImportResult> {
    // JSON is read by every route.
    if (!Buffer.isBuffer(request.body))
      throw request.body === undefined ? workbookProblem('file-empty') : fileProblem('file-type');
    const contentType = request.headers['content-type'] ?? '';
    const source = { document, clause: clause ?? null, asOf: asOf ?? null };
    return this.imports.import(actor, { ...stated, content: request.body, contentType, source }, dryRun);
  }

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({
    summary: 'Imports that were taken over, the newest first',
    description:
      'Tried and refused ones are not kept. An agency sees its own; Sở Tài chính, Sở KH&CN, the Provincial People’s Committee and its Office see all.',
  })
  @ApiOkResponse({ type: PageOf(LoggedImportView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListImportsQuery): Promise<Page<LoggedImport>> {
    return this.log.list(actor, query);
  }

  @Get('template.xlsx')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Workbook to fill in, with instructions and lists to choose from' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async template(): Promise<StreamableFile> {
    return fileAnswer(await templateWorkbook(this.reference), XLSX, 'Mẫu nhập kinh phí chuyển đổi số.xlsx');
  }
}
