import { Module } from '@nestjs/common';
import { ExchangeLogModule } from '../../exchange-log/exchange-log.module.js';
import { GrantsModule } from '../../sharing/grants/grants.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { BusMessageStore } from './bus-message.store.js';
import { BusController } from './bus.controller.js';
import { BusUsers } from './credentials/bus-users.js';
import { CredentialStore } from './credentials/credential.store.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { Revocations } from './credentials/revocations.js';
import { BusDenials } from './denials/bus-denials.js';
import { BusConsumerStore } from './grants/bus-consumer.store.js';
import { BusGrants } from './grants/bus-grants.js';
import { ConnectionsService } from './grants/connections.service.js';
import { GrantClosing } from './grants/grant-closing.js';
import { Intake } from './intake/intake.js';
import { PutAside } from './intake/put-aside.js';
import { BusSettings, readBusSettings } from './settings.js';

/** Agencies on the bus: their consumers and users, what they send, and what they were denied. */
@Module({
  imports: [GrantsModule, SourcesModule, ExchangeLogModule],
  controllers: [BusController],
  providers: [
    { provide: BusSettings, useFactory: () => readBusSettings(process.env) },
    BusConsumerStore,
    BusDenials,
    BusGrants,
    BusMessageStore,
    BusUsers,
    ConnectionsService,
    CredentialStore,
    CredentialsService,
    GrantClosing,
    Intake,
    PutAside,
    Revocations,
  ],
})
export class BusModule {}
