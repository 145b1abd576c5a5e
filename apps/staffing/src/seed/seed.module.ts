import { Module } from '@nestjs/common';
import { FirstStartModule } from '#libs/persistence';
import { TrainingModule } from '../training/training.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [FirstStartModule, TrainingModule], providers: [SeedLoader] })
export class SeedModule {}
