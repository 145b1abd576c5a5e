import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [DatabasesModule, SystemsModule], providers: [SeedLoader] })
export class SeedModule {}
