import { Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { FILE_SCHEMA, type Page, PageOf } from '#libs/http';
import { workbookOf, XLSX } from '#libs/workbooks';
import { CatalogueImport } from './catalogue-import.js';
import { ImportLog, type LoggedImport } from './import-log.js';
import type { CatalogueImportResult } from './import-result.js';
import { CatalogueImportQuery, ListImportsQuery } from './import.requests.js';
import { CatalogueImportView, LoggedImportView } from './import.view.js';

/** The one address that takes the catalogue as a file. */
export const IMPORT_PATH = '/v1/catalogue-imports';

@ApiTags('catalogue')
@Controller('v1/catalogue-imports')
export class ImportController {
  constructor(
    private readonly imports: CatalogueImport,
    private readonly log: ImportLog,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Import databases, systems and connections from a workbook',
    description:
      'The body is the .xlsx file, up to 5 MiB and 1,000 rows a sheet. All or nothing: with any fault it is refused (422 ' +
      '`import-refused`, with `faults` by sheet, row and column). Entries are found by code, else by name and owner; blank ' +
      'cells leave what is there. Sở KH&CN imports every entry, an agency its own; rows that say nothing new are passed over.',
  })
  @ApiConsumes(XLSX)
  @ApiBody(FILE_SCHEMA)
  @ApiOkResponse({ type: CatalogueImportView })
  import(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() { dryRun = false, fileName }: CatalogueImportQuery,
  ): Promise<CatalogueImportResult> {
    return this.imports.import(actor, { content: workbookOf(request), name: fileName ?? null }, dryRun);
  }

  @Get()
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Imports that were taken over, the newest first',
    description: 'An agency sees its own, Sở KH&CN all.',
  })
  @ApiOkResponse({ type: PageOf(LoggedImportView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListImportsQuery): Promise<Page<LoggedImport>> {
    return this.log.list(actor, query);
  }
}
