import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { BindingEntries } from './binding-entries.js';
import { BindingLedger } from './binding-ledger.js';
import { BindingProgress } from './binding-progress.js';
import { BindingRound } from './binding-round.js';
import { Binding, BindingChange } from './binding.entity.js';
import { BindingsController } from './bindings.controller.js';
import { BindingsService } from './bindings.service.js';
import { Measure } from './measure.entity.js';
import { MeasureListener } from './measure.listener.js';
import { Measures } from './measures.js';

@Module({
  imports: [AssignmentsModule, NoticesModule],
  controllers: [BindingsController, MeasureListener],
  providers: [BindingsService, BindingLedger, BindingProgress, BindingRound, BindingEntries, Measures],
})
export class BindingsModule {}

/** Rows of the tables of this folder. */
export const bindingEntities = [Measure, Binding, BindingChange];
