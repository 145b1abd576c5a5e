import { Controller, Get, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { ReferenceData } from '#libs/reference';
import { FILE_SCHEMA, fileAnswer } from '../export/file-answer.js';
import { ImportQuery } from './import.requests.js';
import type { ImportResult } from './import-result.js';
import { ImportView } from './import.view.js';
import { ImportsService } from './imports.service.js';
import { fileProblem } from './readers/file-problems.js';
import { IMPORT_TYPES, XLSX } from './readers/read-file.js';
import { templateWorkbook } from './template.js';

/** Path of the one route that takes files, see service.ts. */
export const IMPORTS_PATH = '/v1/imports';

@ApiTags('import')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
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
      throw fileProblem(request.body === undefined ? 'file-empty' : 'file-type');
    const contentType = request.headers['content-type'] ?? '';
    const source = { document, clause: clause ?? null, asOf: asOf ?? null };
    return this.imports.import(actor, { ...stated, content: request.body, contentType, source }, dryRun);
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
