import { Controller, Get, HttpCode, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CodeField, FILE_SCHEMA, fileAnswer, UuidField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { CSV, workbookProblem, XLSX } from '#libs/workbooks';
import { DictionaryExport, type FieldsOf, type TableFormat } from './dictionary-export.js';
import { DictionaryImport, type SentFile } from './dictionary-import.js';
import { type DictionaryImportResult, DictionaryImportQuery, DictionaryImportView } from './import-result.js';
import { TABLE_TYPES } from './table-files.js';

/** The addresses that take files, see service.ts. */
export const DICTIONARY_IMPORT_PATHS = ['/v1/dictionary/terms/import', '/v1/dictionary/fields/import'];

const TYPES = { csv: `${CSV}; charset=utf-8`, xlsx: XLSX } as const;
const WHOLE =
  'The body is the file, .xlsx or CSV, up to 5 MiB and 5,000 rows. All or nothing: with any fault it is refused (422 ' +
  '`import-refused`, with `faults` by row and column). What the file leaves out stays as it is. ';

export class FieldsFileQuery implements FieldsOf {
  @UuidField({ description: 'Only fields of this database', optional: true })
  database?: string;

  @CodeField(AGENCY_CODE, { description: 'Only fields of databases of this owner', optional: true })
  owner?: string;
}

/** The shared dictionary, and the fields mapped to it, as files. */
@ApiTags('dictionary')
@Controller('v1/dictionary')
export class DictionaryExchangeController {
  constructor(
    private readonly exports: DictionaryExport,
    private readonly imports: DictionaryImport,
  ) {}

  @Get('terms.csv')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'All terms in their newest versions, as CSV that can be imported' })
  @ApiProduces(CSV)
  @ApiOkResponse(FILE_SCHEMA)
  termsCsv(): Promise<StreamableFile> {
    return this.terms('csv');
  }

  @Get('terms.xlsx')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'All terms in their newest versions, as a workbook that can be imported' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  termsXlsx(): Promise<StreamableFile> {
    return this.terms('xlsx');
  }

  @Get('fields.csv')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Fields of databases with their terms, as CSV that can be imported' })
  @ApiProduces(CSV)
  @ApiOkResponse(FILE_SCHEMA)
  fieldsCsv(@Query() query: FieldsFileQuery): Promise<StreamableFile> {
    return this.fields('csv', query);
  }

  @Get('fields.xlsx')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Fields of databases with their terms, as a workbook that can be imported' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  fieldsXlsx(@Query() query: FieldsFileQuery): Promise<StreamableFile> {
    return this.fields('xlsx', query);
  }

  @Post('terms/import')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Import terms',
    description: `${WHOLE}A term that differs gets a new version. For Sở KH&CN.`,
  })
  @ApiConsumes(...TABLE_TYPES)
  @ApiBody(FILE_SCHEMA)
  @ApiOkResponse({ type: DictionaryImportView })
  importTerms(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() { dryRun = false }: DictionaryImportQuery,
  ): Promise<DictionaryImportResult> {
    return this.imports.importTerms(actor, fileOf(request), dryRun);
  }

  @Post('fields/import')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Import fields of databases and their mapping',
    description: `${WHOLE}For the owning agencies and Sở KH&CN.`,
  })
  @ApiConsumes(...TABLE_TYPES)
  @ApiBody(FILE_SCHEMA)
  @ApiOkResponse({ type: DictionaryImportView })
  importFields(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Query() { dryRun = false }: DictionaryImportQuery,
  ): Promise<DictionaryImportResult> {
    return this.imports.importFields(actor, fileOf(request), dryRun);
  }

  private async terms(format: TableFormat): Promise<StreamableFile> {
    const content = await this.exports.termsFile(format);
    return fileAnswer(content, TYPES[format], `Từ điển dữ liệu dùng chung.${format}`);
  }

  private async fields(format: TableFormat, query: FieldsFileQuery): Promise<StreamableFile> {
    const content = await this.exports.fieldsFile(format, query);
    return fileAnswer(content, TYPES[format], `Trường dữ liệu.${format}`);
  }
}

function fileOf({ body, headers }: FastifyRequest): SentFile {
  if (body === undefined) throw workbookProblem('file-empty');
  if (!Buffer.isBuffer(body)) throw workbookProblem('file-type');
  return { content: body, contentType: headers['content-type'] ?? '' };
}
