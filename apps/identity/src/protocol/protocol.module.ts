import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { LoginRoutes } from '../login/login.routes.js';
import { PasswordSteps } from '../login/password-steps.js';
import { PeopleModule } from '../people/people.module.js';
import { RecordsModule } from '../records/records.module.js';
import { ProtocolMount } from './mount.js';
import { ProviderHost } from './provider-host.js';
import { Upkeep } from './upkeep.js';

@Module({
  imports: [ClientsModule, KeysModule, PeopleModule, RecordsModule],
  providers: [ProviderHost, LoginRoutes, PasswordSteps, ProtocolMount, Upkeep],
  exports: [Upkeep],
})
export class ProtocolModule {}
