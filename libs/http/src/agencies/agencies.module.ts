import { Module } from '@nestjs/common';
import { Agencies } from './agencies.js';

/** Gives a capability the look-up of {@link Agencies}. Needs ReferenceModule at the root. */
@Module({ providers: [Agencies], exports: [Agencies] })
export class AgenciesModule {}
