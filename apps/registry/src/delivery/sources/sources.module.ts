import { Module } from '@nestjs/common';
import { ExchangeLogModule } from '../../exchange-log/exchange-log.module.js';
import { GrantsModule } from '../../sharing/grants/grants.module.js';
import { DeliverySettings, readDeliverySettings } from '../settings.js';
import { DenialBook } from './denial-book.js';
import { GrantAccess } from './grant-access.js';
import { LiveWatch } from './live-watch.js';
import { Sendings } from './sendings.js';

/** What all ways out of the bus share: who may have what, and the record of what left. */
@Module({
  imports: [GrantsModule, ExchangeLogModule],
  providers: [
    { provide: DeliverySettings, useFactory: () => readDeliverySettings(process.env) },
    DenialBook,
    GrantAccess,
    LiveWatch,
    Sendings,
  ],
  exports: [DeliverySettings, DenialBook, GrantAccess, LiveWatch, Sendings],
})
export class SourcesModule {}
