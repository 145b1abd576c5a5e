import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DatabasesModule } from '../databases/databases.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { ExportController } from './export.controller.js';

@Module({ imports: [DatabasesModule, SystemsModule, ConnectionsModule], controllers: [ExportController] })
export class ExportModule {}
