import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { FILE_SCHEMA, fileAnswer } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { XLSX } from '#libs/workbooks';
import { ConnectionStore } from '../connections/connection.store.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { SystemsQueries } from '../systems/systems.service.js';
import { type CatalogueContent, catalogueWorkbook, templateWorkbook } from './catalogue-book.js';

@ApiTags('catalogue')
@Controller('v1')
export class ExportController {
  constructor(
    private readonly databases: DatabasesQueries,
    private readonly systems: SystemsQueries,
    private readonly connections: ConnectionStore,
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  @Get('catalogue.xlsx')
  @RequireScopes('registry:read')
  @ApiOperation({
    summary: 'The whole catalogue as a workbook: databases, systems and their connections',
    description: 'It can be imported again; columns on grey ground are for information only.',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async export(): Promise<StreamableFile> {
    const content = await catalogueWorkbook(await this.snapshot(), this.reference, this.clock.now());
    return fileAnswer(content, XLSX, `Danh mục CSDL và hệ thống thông tin ${this.clock.today()}.xlsx`);
  }

  @Get('catalogue-template.xlsx')
  @RequireScopes('registry:read')
  @ApiOperation({
    summary: 'Workbook to fill in, with instructions, what each column means, and lists to choose from',
    description: 'In the vocabulary of the draft guide of 13/9/2026.',
  })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE_SCHEMA)
  async template(): Promise<StreamableFile> {
    const content = await templateWorkbook(this.reference, this.clock.now());
    return fileAnswer(content, XLSX, 'Mẫu nhập danh mục CSDL và hệ thống thông tin.xlsx');
  }

  /** All three sheets as of one moment. */
  private snapshot(): Promise<CatalogueContent> {
    return this.transactions.run(async (manager) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return {
        databases: await this.databases.all(),
        systems: await this.systems.all(),
        connections: await this.connections.query('ORDER BY row.id', []),
      };
    });
  }
}
