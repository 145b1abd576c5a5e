import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { ListsModule } from '../lists/lists.module.js';
import { ProposalStore } from './proposal.store.js';
import { ProposalsController } from './proposals.controller.js';
import { ProposalsService } from './proposals.service.js';

@Module({
  imports: [DatabasesModule, ListsModule],
  controllers: [ProposalsController],
  providers: [ProposalsService, ProposalStore],
})
export class ProposalsModule {}
