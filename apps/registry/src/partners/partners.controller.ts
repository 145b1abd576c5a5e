import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_PARTNER, type RegistryDatabaseState, type RegistryPartnerState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { DatabaseView } from '../databases/database.view.js';
import {
  ChooseBody,
  LeaveBody,
  ListPartnerReportsQuery,
  ListPartnersQuery,
  PartnerReportBody,
  RegisterPartnerBody,
  SplitBody,
} from './partner.requests.js';
import { PartnerStore } from './partner.store.js';
import { PartnerRegistrationView, PartnerReportView } from './partner.view.js';
import { type PartnerReportItem, PartnersQueries } from './partners.queries.js';
import { PartnersService } from './partners.service.js';
import { SplitService } from './split.service.js';

const OWNER = 'For the owning agency and Sở KH&CN.';
const BOTH = 'For the enterprise, the owning agency and Sở KH&CN.';

@ApiTags('partners')
@Controller('v1')
export class PartnersController {
  constructor(
    private readonly partners: PartnersService,
    private readonly queries: PartnersQueries,
    private readonly store: PartnerStore,
    private readonly splits: SplitService,
    private readonly history: History,
  ) {}

  @Get('databases/:id/partners')
  @RequireScopes('registry:read')
  @ApiOperation({
    summary: 'Enterprises that registered for a database: chosen ones for all, all for its owner',
  })
  @ApiOkResponse({ type: PageOf(PartnerRegistrationView) })
  list(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: ListPartnersQuery,
  ): Promise<Page<RegistryPartnerState>> {
    return this.queries.list(actor, id, query);
  }

  @Post('databases/:id/partners')
  @RequireScopes('registry:write')
  @CreatedAt('/v1/partners/{id}')
  @ApiOperation({ summary: 'Register an enterprise for a database', description: BOTH })
  @ApiCreatedResponse({ type: PartnerRegistrationView })
  register(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() body: RegisterPartnerBody,
  ): Promise<RegistryPartnerState> {
    const { enterprise, capability, contribution } = body;
    return this.partners.register(actor, id, {
      enterprise: {
        code: enterprise.code ?? null,
        name: enterprise.name,
        taxCode: enterprise.taxCode ?? null,
      },
      capability,
      contribution,
      contributionValue: body.contributionValue ?? null,
      document: body.document ?? null,
    });
  }

  @Post('databases/:id/partner-choice')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Choose one or several of the enterprises that registered', description: OWNER })
  @ApiOkResponse({ type: DatabaseView })
  choose(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { chosen, reason, document }: ChooseBody,
  ): Promise<RegistryDatabaseState> {
    return this.partners.choose(actor, id, { chosen, reason, document: document ?? null }, ifMatch);
  }

  @Post('databases/:id/split')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Record who carries what: partners and State budget', description: OWNER })
  @ApiOkResponse({ type: DatabaseView })
  split(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { statePart, year, shares, document, on }: SplitBody,
  ): Promise<RegistryDatabaseState> {
    const split = { statePart, year: year ?? null, shares, document: document ?? null, on };
    return this.splits.agree(actor, id, split, ifMatch);
  }

  @Get('partners/:id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One registration' })
  @ApiOkResponse({ type: PartnerRegistrationView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<RegistryPartnerState> {
    return this.store.readVisible(actor, id);
  }

  @Get('partners/:id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a registration, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.readVisible(actor, id);
    return this.history.of(REGISTRY_PARTNER, id, query);
  }

  @Post('partners/:id/withdrawal')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Take a registration back', description: BOTH })
  @ApiOkResponse({ type: PartnerRegistrationView })
  withdraw(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: LeaveBody,
  ): Promise<RegistryPartnerState> {
    return this.partners.withdraw(actor, id, reason, ifMatch);
  }

  @Post('partners/:id/ending')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'End a partnership', description: BOTH })
  @ApiOkResponse({ type: PartnerRegistrationView })
  end(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: LeaveBody,
  ): Promise<RegistryPartnerState> {
    return this.partners.end(actor, id, reason, ifMatch);
  }

  @Post('partners/:id/reports')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Report on the common work, for one of the sides', description: BOTH })
  @ApiOkResponse({ type: PartnerRegistrationView })
  report(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { side, progress, obstacles }: PartnerReportBody,
  ): Promise<RegistryPartnerState> {
    const report = { side: side ?? null, progress, obstacles: obstacles ?? null };
    return this.partners.report(actor, id, report, ifMatch);
  }

  @Get('partners/:id/reports')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Reports of both sides, the newest first' })
  @ApiOkResponse({ type: PageOf(PartnerReportView) })
  listReports(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: ListPartnerReportsQuery,
  ): Promise<Page<PartnerReportItem>> {
    return this.queries.listReports(actor, id, query);
  }
}
