import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { decodeCursor, type Page, PageOf, toPage } from '#libs/http';
import { PeriodsQuery, ScoreboardQuery } from './scoreboard.requests.js';
import { AgencyScoreView, DirectiveScoreView, PeriodScoreView, SessionScoreView } from './scoreboard.view.js';
import {
  type AgencyScore,
  type DirectiveScore,
  type PeriodScore,
  ScoreboardsService,
  type SessionScore,
} from './scoreboards.service.js';

const WINDOW =
  'What happened (given, completed, extended) is counted by its day from "from" to "to"; what stands (overdue, due soon) at the end of "asOf". Only tasks the agency has a part in.';

@ApiTags('scoreboards')
@Controller('v1/scoreboards')
export class ScoreboardsController {
  constructor(private readonly scoreboards: ScoreboardsService) {}

  @Get('agencies')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Lead agencies, the worst first', description: WINDOW })
  @ApiOkResponse({ type: PageOf(AgencyScoreView) })
  async agencies(@CurrentActor() actor: Actor, @Query() query: ScoreboardQuery): Promise<Page<AgencyScore>> {
    return pageOf(await this.scoreboards.agencies(actor, query), query, (row) => row.agency.code ?? '');
  }

  @Get('directives')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Directives, the worst first', description: WINDOW })
  @ApiOkResponse({ type: PageOf(DirectiveScoreView) })
  async directives(
    @CurrentActor() actor: Actor,
    @Query() query: ScoreboardQuery,
  ): Promise<Page<DirectiveScore>> {
    return pageOf(await this.scoreboards.directives(actor, query), query, (row) => row.directive.id);
  }

  @Get('sessions')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Sessions of the steering committee, the latest first', description: WINDOW })
  @ApiOkResponse({ type: PageOf(SessionScoreView) })
  async sessions(@CurrentActor() actor: Actor, @Query() query: ScoreboardQuery): Promise<Page<SessionScore>> {
    return pageOf(await this.scoreboards.sessions(actor, query), query, (row) => row.meetingOn);
  }

  @Get('periods')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'Months, quarters or years, the earliest first, each looked at at its own end',
    description: `${WINDOW} Each period is whole; without "from" those of the year, or the last five years.`,
  })
  @ApiOkResponse({ type: PageOf(PeriodScoreView) })
  async periods(
    @CurrentActor() actor: Actor,
    @Query() { unit, ...query }: PeriodsQuery,
  ): Promise<Page<PeriodScore>> {
    const rows = await this.scoreboards.periods(actor, unit, query);
    return pageOf(rows, { ...query, unit }, (row) => row.name);
  }
}

/** A board is made whole, since its order is; a page of it goes on after the row that was the last. */
function pageOf<Row>(
  rows: readonly Row[],
  { limit, cursor, ...filters }: ScoreboardQuery & { unit?: string },
  keyOf: (row: Row) => string,
): Page<Row> {
  const [after] = decodeCursor<[string]>(cursor, filters, ['text']) ?? [];
  const start = after === undefined ? 0 : rows.findIndex((row) => keyOf(row) === after) + 1;
  return toPage(rows.slice(start, start + limit + 1), limit, (row) => [keyOf(row)], filters);
}
