import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { ConnectionStore } from '../connections/connection.store.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { download, FILE, XLSX } from '../files/download.js';
import { SystemsQueries } from '../systems/systems.service.js';
import { connectionsTable, databasesTable, systemsTable } from './catalogue-tables.js';
import { catalogueXlsx } from './catalogue-xlsx.js';

@ApiTags('catalogue')
@Controller('v1/catalogue.xlsx')
export class ExportController {
  constructor(
    private readonly databases: DatabasesQueries,
    private readonly systems: SystemsQueries,
    private readonly connections: ConnectionStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The whole catalogue as a workbook: databases, systems and their connections' })
  @ApiProduces(XLSX)
  @ApiOkResponse(FILE)
  async export(): Promise<StreamableFile> {
    const [databases, systems, connections] = await Promise.all([
      this.databases.all(),
      this.systems.all(),
      this.connections.query('ORDER BY row.id', []),
    ]);
    const content = await catalogueXlsx([
      databasesTable(databases),
      systemsTable(systems),
      connectionsTable(connections),
    ]);
    return download(content, XLSX, `Danh mục CSDL và hệ thống thông tin ${this.clock.today()}.xlsx`);
  }
}
