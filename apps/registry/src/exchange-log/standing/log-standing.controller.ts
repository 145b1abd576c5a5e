import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { type LogStanding, LogStandingQueries } from './log-standing.queries.js';
import { LogStandingView } from './log-standing.view.js';

@ApiTags('exchange log')
@Controller('v1/exchange-log/standing')
@RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
export class LogStandingController {
  constructor(private readonly standing: LogStandingQueries) {}

  @Get()
  @ApiOperation({ summary: 'Whether the log holds, and what was exchanged today and in this hour' })
  @ApiOkResponse({ type: LogStandingView })
  read(@CurrentActor() actor: Actor): Promise<LogStanding> {
    return this.standing.read(actor);
  }
}
