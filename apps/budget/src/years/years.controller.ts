import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetYearState } from '#libs/contracts';
import {
  CodeParam,
  EnumField,
  IfMatch,
  IntegerField,
  type Page,
  PageOf,
  TextField,
  UuidField,
} from '#libs/http';
import { type FiscalYear, YearsService } from './years.service.js';

const YEAR = /^20[0-9]{2}$|^2100$/;

class YearView implements FiscalYear {
  @UuidField({ description: 'Identifier; null while it was never closed', nullable: true })
  id: string | null;

  @IntegerField({ description: 'Version, for If-Match; 0 while it was never closed', min: 0 })
  version: number;

  @IntegerField({ description: 'Fiscal year' })
  year: number;

  @EnumField(['open', 'closed'], { description: 'Whether money can be entered into it' })
  state: BudgetYearState['state'];

  @TextField({ description: 'Document of the last closing or reopening', max: 500, nullable: true })
  document: string | null;
}

class ClosingBody {
  @TextField({ description: 'Document that says so: number, symbol and issuer', max: 500 })
  document: string;
}

@ApiTags('years')
@Controller('v1/years')
export class YearsController {
  constructor(private readonly years: YearsService) {}

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Fiscal years that have money, and whether they are closed' })
  @ApiOkResponse({ type: PageOf(YearView) })
  async list(): Promise<Page<FiscalYear>> {
    return { items: await this.years.list(), nextCursor: null };
  }

  @Post(':year/closing')
  @HttpCode(200)
  @RequireScopes('budget:appraise')
  @ApiOperation({ summary: 'Close a fiscal year: nothing can be entered into it; for Sở Tài chính' })
  @ApiOkResponse({ type: YearView })
  close(
    @CurrentActor() actor: Actor,
    @CodeParam('year', YEAR, 'Fiscal year') year: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document }: ClosingBody,
  ): Promise<BudgetYearState> {
    return this.years.set(actor, Number(year), 'closed', document, ifMatch);
  }

  @Post(':year/reopening')
  @HttpCode(200)
  @RequireScopes('budget:appraise')
  @ApiOperation({ summary: 'Open a closed fiscal year again; for Sở Tài chính' })
  @ApiOkResponse({ type: YearView })
  reopen(
    @CurrentActor() actor: Actor,
    @CodeParam('year', YEAR, 'Fiscal year') year: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { document }: ClosingBody,
  ): Promise<BudgetYearState> {
    return this.years.set(actor, Number(year), 'open', document, ifMatch);
  }
}
