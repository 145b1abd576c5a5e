import { Module } from '@nestjs/common';
import { DayCache } from './day-cache.js';
import { TaskLedger } from './task-ledger.js';

/** The book of tasks alone, for those who enter changes without asking the life of a task. */
@Module({ providers: [TaskLedger, DayCache], exports: [TaskLedger, DayCache] })
export class LedgerModule {}
