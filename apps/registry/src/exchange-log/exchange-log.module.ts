import { Module } from '@nestjs/common';
import { AcknowledgementRecorder } from './acknowledgements/acknowledgement-recorder.js';
import { AcknowledgementStore } from './acknowledgements/acknowledgement-store.js';
import { AcknowledgementStream } from './acknowledgements/acknowledgement-stream.js';
import { MessageDigests } from './acknowledgements/message-digests.js';
import { ChainCheck } from './chain/chain-check.js';
import { ChainReader } from './chain/chain-reader.js';
import { ChainStore } from './chain/chain-store.js';
import { Sealer } from './chain/sealer.js';
import { SigningKeys } from './chain/signing-keys.js';
import { ExchangeLogGauges } from './exchange-log.gauges.js';
import { ExchangeLog } from './exchange-log.js';
import { ArchiveRound, SelfCheckRound, StandingRound } from './exchange-log.rounds.js';
import { LogArchive } from './export/log-archive.js';
import { LogExportController } from './export/log-export.controller.js';
import { LogExport } from './export/log-export.service.js';
import { ExchangeRecordsController } from './search/exchange-records.controller.js';
import { ExchangeRecordsQueries } from './search/exchange-records.queries.js';
import { RecordNamesController } from './search/record-names.controller.js';
import { RecordNamesQueries } from './search/record-names.js';
import { ExchangeLogSettings, readExchangeLogSettings } from './settings.js';
import { LogStandingController } from './standing/log-standing.controller.js';
import { LogStandingQueries } from './standing/log-standing.queries.js';
import { SelfCheck } from './standing/self-check.js';
import { Standing } from './standing/standing.js';
import { ExchangeStatistics } from './statistics/exchange-statistics.js';
import { ExchangeStatisticsController } from './statistics/exchange-statistics.controller.js';

/** The evidence of what was exchanged, refused and denied. */
@Module({
  controllers: [
    ExchangeRecordsController,
    RecordNamesController,
    LogStandingController,
    LogExportController,
    ExchangeStatisticsController,
  ],
  providers: [
    { provide: ExchangeLogSettings, useFactory: () => readExchangeLogSettings(process.env) },
    SigningKeys,
    ChainStore,
    Sealer,
    ExchangeLog,
    MessageDigests,
    AcknowledgementStore,
    AcknowledgementStream,
    AcknowledgementRecorder,
    ChainReader,
    ChainCheck,
    ExchangeRecordsQueries,
    RecordNamesQueries,
    LogStandingQueries,
    LogExport,
    LogArchive,
    SelfCheck,
    Standing,
    ExchangeStatistics,
    ExchangeLogGauges,
    SelfCheckRound,
    StandingRound,
    ArchiveRound,
  ],
  exports: [ExchangeLog, MessageDigests, SigningKeys],
})
export class ExchangeLogModule {}
