import { Module } from '@nestjs/common';
import { FirstStartModule } from '#libs/persistence';
import { ImportsModule } from '../import/imports.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [FirstStartModule, ImportsModule], providers: [SeedLoader] })
export class SeedModule {}
