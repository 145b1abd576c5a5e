import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Public, RequireAnyScope } from '#libs/auth';
import { problem } from '#libs/contracts';
import { FILE_SCHEMA } from '#libs/http';
import { maySeeAllExchanges } from '../../access/registry-access.js';
import { ChainReader } from '../chain/chain-reader.js';
import type { Checkpoint } from '../records.js';
import { LogArchive } from './log-archive.js';
import { LogExport } from './log-export.service.js';
import { ArchiveFilesView, ExportQuery, LogHeadView, LogKeysView } from './log-export.view.js';

const NDJSON = 'application/x-ndjson';
const WHO = 'For Sở KH&CN and Công an tỉnh.';

@ApiTags('exchange log')
@Controller('v1/exchange-log')
export class LogExportController {
  constructor(
    private readonly exports: LogExport,
    private readonly archive: LogArchive,
    private readonly chain: ChainReader,
  ) {}

  @Get('keys')
  @Public()
  @ApiOperation({ summary: 'Public keys that the log was and is signed with' })
  @ApiOkResponse({ type: LogKeysView })
  async keys(): Promise<LogKeysView> {
    const { log } = await this.chain.end();
    return { log, keys: await this.chain.keys() };
  }

  @Get('head')
  @Public()
  @ApiOperation({
    summary: 'The newest signed checkpoint',
    description: 'Kept elsewhere, it shows later that nothing up to it was changed or cut off.',
  })
  @ApiOkResponse({ type: LogHeadView })
  async head(): Promise<LogHeadView> {
    const { log, sequence } = await this.chain.end();
    const signed = await this.chain.lastCheckpoint();
    const checkpoint = signed && (JSON.parse(signed.line) as Checkpoint);
    return { log, sequence, checkpoint, signature: signed?.signature ?? null };
  }

  @Get('export')
  @RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
  @ApiOperation({
    summary: 'The records as NDJSON, signed, for verification elsewhere',
    description: `${WHO} Records that were archived are in the archive's files. The format is in the README of the exchange log.`,
  })
  @ApiProduces(NDJSON)
  @ApiOkResponse(FILE_SCHEMA)
  async export(@CurrentActor() actor: Actor, @Query() period: ExportQuery): Promise<StreamableFile> {
    if (!maySeeAllExchanges(actor)) throw problem('other-agency');
    const file = Readable.from(await this.exports.file(period), { objectMode: false });
    return new StreamableFile(file, {
      type: NDJSON,
      disposition: 'attachment; filename="exchange-log.ndjson"',
    });
  }

  @Get('archives')
  @RequireAnyScope('sharing:request', 'sharing:decide', 'registry:read')
  @ApiOperation({ summary: 'Files that old records were moved to', description: WHO })
  @ApiOkResponse({ type: ArchiveFilesView })
  async archives(@CurrentActor() actor: Actor): Promise<ArchiveFilesView> {
    if (!maySeeAllExchanges(actor)) throw problem('other-agency');
    return { items: await this.archive.files() };
  }
}
