import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { DueChange } from './due-change.entity.js';
import { DueDatesController } from './due-dates.controller.js';
import { DueDatesService } from './due-dates.service.js';
import { ExtensionRequest } from './extension-request.entity.js';

export const dueDateEntities = [DueChange, ExtensionRequest];

@Module({
  imports: [AssignmentsModule],
  controllers: [DueDatesController],
  providers: [DueDatesService],
})
export class DueDatesModule {}
