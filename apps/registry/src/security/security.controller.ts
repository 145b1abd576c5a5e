import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { RegistrySystemState } from '#libs/contracts';
import { IfMatch, UuidParam } from '#libs/http';
import { SystemView } from '../systems/system.view.js';
import { SecurityBody, SecurityOverviewView } from './security.requests.js';
import { type SecurityOverview, SecurityService } from './security.service.js';

@ApiTags('security')
@Controller('v1')
export class SecurityController {
  constructor(private readonly security: SecurityService) {}

  @Post('systems/:id/security')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({
    summary: 'Set the security level of a system',
    description: 'For the owning agency, Công an tỉnh and Sở KH&CN.',
  })
  @ApiOkResponse({ type: SystemView })
  set(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { level, approval, recheckDue }: SecurityBody,
  ): Promise<RegistrySystemState> {
    const approved = approval
      ? { document: approval.document, on: approval.on, approver: approval.approver ?? null }
      : null;
    return this.security.set(
      actor,
      id,
      { level, approval: approved, recheckDue: recheckDue ?? null },
      ifMatch,
    );
  }

  @Get('security-coverage')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'How many of the systems that serve have an approved security level' })
  @ApiOkResponse({ type: SecurityOverviewView })
  overview(): Promise<SecurityOverview> {
    return this.security.overview();
  }
}
