import { Module } from '@nestjs/common';
import { EstimatesModule } from '../estimates/estimates.module.js';
import { NeedsListener } from './needs.listener.js';
import { NeedsService } from './needs.service.js';

@Module({ imports: [EstimatesModule], controllers: [NeedsListener], providers: [NeedsService] })
export class ExchangeModule {}
