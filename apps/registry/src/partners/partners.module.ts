import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { PartnerStore } from './partner.store.js';
import { PartnersController } from './partners.controller.js';
import { PartnersQueries } from './partners.queries.js';
import { PartnersService } from './partners.service.js';
import { SplitService } from './split.service.js';

@Module({
  imports: [DatabasesModule],
  controllers: [PartnersController],
  providers: [PartnersService, PartnersQueries, PartnerStore, SplitService],
  exports: [PartnerStore],
})
export class PartnersModule {}
