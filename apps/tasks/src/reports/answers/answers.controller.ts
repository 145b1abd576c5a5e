import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { CodeParam, IfMatch, UuidParam } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import {
  CorrectionBody,
  PaperReportBody,
  ReportContentBody,
  SubmissionOfReportBody,
} from './answer.requests.js';
import { AnswerDetailView } from './answer.view.js';
import { type AnswerDetail, AnswersQueries } from './answers.queries.js';
import { AnswersService } from './answers.service.js';

const Agency = () => CodeParam('agency', AGENCY_CODE, 'Agency code of who reports');

/** The report of one agency in one period. */
@ApiTags('reports')
@Controller('v1/duties/:dutyId/periods/:periodId/answers/:agency')
export class AnswersController {
  constructor(
    private readonly answers: AnswersService,
    private readonly queries: AnswersQueries,
  ) {}

  @Get()
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'The report with all its versions; for the agency and those who oversee the duty',
  })
  @ApiOkResponse({ type: AnswerDetailView })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('periodId') periodId: string,
    @Agency() agencyCode: string,
  ): Promise<AnswerDetail> {
    return this.queries.read(actor, { dutyId, periodId, agencyCode });
  }

  @Put('draft')
  @RequireScopes('tasks:write')
  @ApiOperation({ summary: 'Keep a draft, of the report or of its correction; for the agency' })
  @ApiOkResponse({ type: AnswerDetailView })
  async draft(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('periodId') periodId: string,
    @Agency() agencyCode: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ReportContentBody,
  ): Promise<AnswerDetail> {
    const place = { dutyId, periodId, agencyCode };
    await this.answers.saveDraft(actor, place, ifMatch, body);
    return this.queries.read(actor, place);
  }

  @Post('submission')
  @HttpCode(200)
  @RequireScopes('tasks:write')
  @ApiOperation({ summary: 'Submit the report: its instant decides on time or late; for the agency' })
  @ApiOkResponse({ type: AnswerDetailView })
  async submission(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('periodId') periodId: string,
    @Agency() agencyCode: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { content }: SubmissionOfReportBody,
  ): Promise<AnswerDetail> {
    const place = { dutyId, periodId, agencyCode };
    await this.answers.submit(actor, place, ifMatch, content ?? null);
    return this.queries.read(actor, place);
  }

  @Post('paper')
  @HttpCode(200)
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'Enter a report that came on paper; for those who oversee the duty',
    description: 'The day on which it came decides on time or late. The timeline says that it came on paper.',
  })
  @ApiOkResponse({ type: AnswerDetailView })
  async paper(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('periodId') periodId: string,
    @Agency() agencyCode: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: PaperReportBody,
  ): Promise<AnswerDetail> {
    const place = { dutyId, periodId, agencyCode };
    await this.answers.enterPaper(actor, place, ifMatch, body);
    return this.queries.read(actor, place);
  }

  @Post('correction')
  @HttpCode(200)
  @RequireScopes('tasks:write')
  @ApiOperation({ summary: 'Correct a submitted report; all versions are kept; for the agency' })
  @ApiOkResponse({ type: AnswerDetailView })
  async correction(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('periodId') periodId: string,
    @Agency() agencyCode: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { content, reason }: CorrectionBody,
  ): Promise<AnswerDetail> {
    const place = { dutyId, periodId, agencyCode };
    await this.answers.correct(actor, place, ifMatch, { given: content ?? null, reason });
    return this.queries.read(actor, place);
  }
}
