import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope } from '#libs/auth';
import { CodeParam, type Page, PageOf } from '#libs/http';
import { LogExport } from '../export/log-export.service.js';
import {
  ExchangeRecordDetailView,
  ExchangeRecordsQuery,
  ExchangeRecordView,
  ReceiptQuery,
} from './exchange-record.view.js';
import { ExchangeRecordsQueries, type RecordDetail, type RecordItem } from './exchange-records.queries.js';

const WHO = 'An agency sees the records in which it is a party; Sở KH&CN and Công an tỉnh see all.';
const SEQUENCE = /^[1-9][0-9]{0,14}$/;

@ApiTags('exchange log')
@Controller('v1/exchange-records')
@RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
export class ExchangeRecordsController {
  constructor(
    private readonly records: ExchangeRecordsQueries,
    private readonly exports: LogExport,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was exchanged, refused and denied, newest first', description: WHO })
  @ApiOkResponse({ type: PageOf(ExchangeRecordView) })
  list(@CurrentActor() actor: Actor, @Query() query: ExchangeRecordsQuery): Promise<Page<RecordItem>> {
    return this.records.list(actor, query);
  }

  @Get(':sequence')
  @ApiOperation({ summary: 'A record with its messages', description: WHO })
  @ApiOkResponse({ type: ExchangeRecordDetailView })
  read(
    @CurrentActor() actor: Actor,
    @CodeParam('sequence', SEQUENCE, 'Place in the chain') sequence: string,
  ): Promise<RecordDetail> {
    return this.records.read(actor, Number(sequence));
  }

  @Get(':sequence/text')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'The text of a record as it was hashed, for computing its hash again',
    description: `${WHO} The format is in the README of the exchange log.`,
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  text(
    @CurrentActor() actor: Actor,
    @CodeParam('sequence', SEQUENCE, 'Place in the chain') sequence: string,
  ): Promise<string> {
    return this.records.text(actor, Number(sequence));
  }

  @Get(':sequence/receipt')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({
    summary: 'Proof that a message was sent, for "npm run -s verify-exchange-log"',
    description: `${WHO} The format is in the README of the exchange log.`,
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  async receipt(
    @CurrentActor() actor: Actor,
    @CodeParam('sequence', SEQUENCE, 'Place in the chain') sequence: string,
    @Query() { message }: ReceiptQuery,
  ): Promise<string> {
    await this.records.read(actor, Number(sequence));
    return this.exports.receipt(Number(sequence), message);
  }
}
