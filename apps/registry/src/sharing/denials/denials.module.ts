import { Module } from '@nestjs/common';
import { SourcesModule } from '../../delivery/sources/sources.module.js';
import { DeniedCalls } from './denied-calls.js';

/** The exchange log hears of calls that were refused at the door. */
@Module({ imports: [SourcesModule], providers: [DeniedCalls] })
export class DenialsModule {}
