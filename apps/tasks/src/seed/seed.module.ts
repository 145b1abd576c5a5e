import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { FirstStartModule } from '#libs/persistence';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { SeedLoader } from './seed-loader.js';

@Module({
  imports: [AgenciesModule, FirstStartModule, DirectivesModule, AssignmentsModule],
  providers: [SeedLoader],
})
export class SeedModule {}
