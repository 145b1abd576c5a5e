import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_PROPOSAL, type RegistryProposalState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import {
  AcceptProposalBody,
  ListProposalsQuery,
  ProposalItemView,
  ProposalView,
  ProposeBody,
  RefuseProposalBody,
} from './proposal.requests.js';
import { type ProposalItem, ProposalStore } from './proposal.store.js';
import { ProposalsService } from './proposals.service.js';

@ApiTags('lists')
@Controller('v1')
export class ProposalsController {
  constructor(
    private readonly proposals: ProposalsService,
    private readonly store: ProposalStore,
    private readonly history: History,
  ) {}

  @Post('lists/:id/proposals')
  @RequireScopes('registry:write')
  @CreatedAt('/v1/proposals/{id}')
  @ApiOperation({
    summary: 'Propose a database for a priority list',
    description: 'For its owner and Sở KH&CN.',
  })
  @ApiCreatedResponse({ type: ProposalView })
  propose(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() { databaseId, reason, document }: ProposeBody,
  ): Promise<RegistryProposalState> {
    return this.proposals.propose(actor, id, { databaseId, reason, document: document ?? null });
  }

  @Get('proposals')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Proposals, those with partner enterprises first' })
  @ApiOkResponse({ type: PageOf(ProposalItemView) })
  list(@Query() query: ListProposalsQuery): Promise<Page<ProposalItem>> {
    return this.store.list(query);
  }

  @Get('proposals/:id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One proposal' })
  @ApiOkResponse({ type: ProposalView })
  read(@UuidParam('id') id: string): Promise<RegistryProposalState> {
    return this.store.read(id);
  }

  @Get('proposals/:id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a proposal, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(REGISTRY_PROPOSAL, id, query);
  }

  @Post('proposals/:id/acceptance')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Accept a proposal and put the database on the list',
    description: 'For Sở KH&CN.',
  })
  @ApiOkResponse({ type: ProposalView })
  accept(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document }: AcceptProposalBody,
  ): Promise<RegistryProposalState> {
    return this.proposals.accept(actor, id, document, ifMatch);
  }

  @Post('proposals/:id/refusal')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Refuse a proposal with its reason', description: 'For Sở KH&CN.' })
  @ApiOkResponse({ type: ProposalView })
  refuse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: RefuseProposalBody,
  ): Promise<RegistryProposalState> {
    return this.proposals.refuse(actor, id, reason, ifMatch);
  }

  @Post('proposals/:id/withdrawal')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Withdraw a proposal', description: 'For the agency that made it, and Sở KH&CN.' })
  @ApiOkResponse({ type: ProposalView })
  withdraw(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
  ): Promise<RegistryProposalState> {
    return this.proposals.withdraw(actor, id, ifMatch);
  }
}
