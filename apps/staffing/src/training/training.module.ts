import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { AttendanceService } from './attendance.service.js';
import { TrainingParts } from './training-parts.js';
import { TrainingPlanStore } from './training-plan.store.js';
import { TrainingPlansService } from './training-plans.service.js';
import { TrainingController } from './training.controller.js';

@Module({
  imports: [AgenciesModule],
  controllers: [TrainingController],
  providers: [TrainingPlansService, AttendanceService, TrainingParts, TrainingPlanStore],
  exports: [TrainingPlansService],
})
export class TrainingModule {}
