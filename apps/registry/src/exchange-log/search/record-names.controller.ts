import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAnyScope } from '#libs/auth';
import { type RecordNames, RecordNamesQueries } from './record-names.js';
import { RecordNamesView } from './record-names.view.js';

@ApiTags('exchange log')
@Controller('v1/exchange-log/names')
@RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
export class RecordNamesController {
  constructor(private readonly names: RecordNamesQueries) {}

  @Get()
  @ApiOperation({ summary: 'Names of the agencies and datasets that records tell by code' })
  @ApiOkResponse({ type: RecordNamesView })
  read(): Promise<RecordNames> {
    return this.names.read();
  }
}
