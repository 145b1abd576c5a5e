import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Rounds } from './rounds.js';

/** Runs the {@link Round}s of all modules; import it once, at the root. */
@Module({ imports: [DiscoveryModule], providers: [Rounds], exports: [Rounds] })
export class RoundsModule {}
