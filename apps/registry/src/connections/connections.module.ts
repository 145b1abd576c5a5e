import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { ConnectionStore } from './connection.store.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';
import { TargetsQueries } from './targets.queries.js';

@Module({
  imports: [DatabasesModule, SystemsModule, ListsModule],
  controllers: [ConnectionsController],
  providers: [ConnectionsService, ConnectionStore, TargetsQueries],
  exports: [ConnectionsService, ConnectionStore],
})
export class ConnectionsModule {}
