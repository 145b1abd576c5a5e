import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { SupportPlanStore } from './support-plan.store.js';
import { SupportPlansService } from './support-plans.service.js';
import { SupportController } from './support.controller.js';

@Module({
  imports: [AgenciesModule],
  controllers: [SupportController],
  providers: [SupportPlansService, SupportPlanStore],
})
export class SupportModule {}
