import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DatabasesModule } from '../databases/databases.module.js';
import { SecurityModule } from '../security/security.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { CatalogueImport } from './catalogue-import.js';
import { ImportController } from './import.controller.js';
import { ImportLog } from './import-log.js';

@Module({
  imports: [DatabasesModule, SystemsModule, ConnectionsModule, SecurityModule],
  controllers: [ImportController],
  providers: [CatalogueImport, ImportLog],
})
export class ImportModule {}
