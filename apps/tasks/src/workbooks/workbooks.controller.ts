import { Controller, Get, HttpCode, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { FILE_SCHEMA, fileAnswer } from '#libs/http';
import { workbookOf, XLSX } from '#libs/workbooks';
import { TaskFilters } from '../assignments/task.requests.js';
import type { TaskImportResult } from './import-result.js';
import { TaskExport } from './task-export.js';
import { WorkbookImport } from './workbook-import.js';
import { TaskImportQuery } from './workbooks.requests.js';
import { TaskImportView } from './workbooks.view.js';

/** The one address that takes workbooks. */
export const IMPORT_PATH = '/v1/tasks/import';

/** Tasks as workbooks: a form to fill in, its import, and lists to print or send on. */
@ApiTags('workbooks')
@Controller('v1/tasks')
export class WorkbooksController {
  constructor(
    private readonly exports: TaskExport,
    private readonly imports: WorkbookImport,
  ) {}

  @Get('template.xlsx')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Workbook to fill in, with instructions, lists to choose from and a sample row' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async template(): Promise<StreamableFile> {
    return fileAnswer(await this.exports.template(), XLSX, 'Mẫu nhập nhiệm vụ được giao.xlsx');
  }

  @Get('export.xlsx')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Tasks as a workbook, the earliest last day first',
    description:
      'With the filters of the list, `asOf` included; only what the caller may see; up to 20,000 tasks, else 422 ' +
      '`export-too-large`. It can be imported again; columns on grey ground are for information only.',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async export(@CurrentActor() actor: Actor, @Query() filters: TaskFilters): Promise<StreamableFile> {
    return fileAnswer(await this.exports.export(actor, filters), XLSX, 'Danh sách nhiệm vụ.xlsx');
  }

  @Post('import')
  @HttpCode(200)
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'Import directives and tasks from a workbook',
    description:
      'The body is the .xlsx file, up to 5 MiB and 5,000 tasks. All or nothing: with any fault it is refused (422 ' +
      '`import-refused`, with `faults` by sheet, row and column). A row that is there already (same directive, clause and ' +
      'title) and identical is unchanged; one that differs is a fault. For those who may assign tasks of the directive.',
  })
  @ApiConsumes(XLSX)
  @ApiBody(FILE_SCHEMA)
  @ApiOkResponse({ type: TaskImportView })
  import(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() { dryRun = false }: TaskImportQuery,
  ): Promise<TaskImportResult> {
    return this.imports.import(actor, workbookOf(request), dryRun);
  }
}
