import { Module } from '@nestjs/common';
import { UnitsModule } from '../units/units.module.js';
import { TakeOver } from './take-over.service.js';

@Module({ imports: [UnitsModule], providers: [TakeOver] })
export class TakeOverModule {}
