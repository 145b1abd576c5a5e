import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({ imports: [AccessModule, DirectivesModule, AssignmentsModule], providers: [SeedLoader] })
export class SeedModule {}
