import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { TaskHistory } from './task-history.js';
import { Timeline } from './timeline.js';
import { TimelineController } from './timeline.controller.js';

/** Merges what all modules put on the timelines of tasks. */
@Module({
  imports: [DiscoveryModule, AssignmentsModule],
  controllers: [TimelineController],
  providers: [Timeline, TaskHistory],
})
export class TimelineModule {}
