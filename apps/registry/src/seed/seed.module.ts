import { Module } from '@nestjs/common';
import { FirstStartModule } from '#libs/persistence';
import { DatabasesModule } from '../databases/databases.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [FirstStartModule, DatabasesModule, SystemsModule], providers: [SeedLoader] })
export class SeedModule {}
