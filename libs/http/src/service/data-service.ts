import type { DynamicModule } from '@nestjs/common';
import { type ProcessName, SERVICES } from '#libs/contracts';
import {
  DatasetDeclarationsModule,
  DatasetWithdrawals1790000007500,
  DeclaredDatasets1790000006050,
  MessagingModule,
  MessagingTables1767225600000,
} from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceModule } from '#libs/reference';
import { httpMigrations } from '../idempotency/idempotency-table.js';
import type { ServiceConfig } from './service-config.js';

export interface DataServiceOptions {
  process: ProcessName;
  config: ServiceConfig;
  /** Classes of the tables' rows. */
  entities: NewableFunction[];
  /** The application's own migrations; those of the outbox, the inbox and the idempotency keys come by themselves. */
  migrations: NewableFunction[];
}

/** What every process with a database and a place on the bus imports at its root: reference data, database, bus. */
export function dataService({ process, config, entities, migrations }: DataServiceOptions): DynamicModule[] {
  const service = SERVICES.find((name) => name === process);
  return [
    ReferenceModule.forRoot({ directory: config.referenceDirectory }),
    PersistenceModule.forRoot({
      url: config.databaseUrl,
      entities,
      migrations: [
        MessagingTables1767225600000,
        ...(service ? [DeclaredDatasets1790000006050, DatasetWithdrawals1790000007500] : []),
        ...httpMigrations,
        ...migrations,
      ],
      applicationName: process,
    }),
    MessagingModule.forRoot({
      process,
      nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
      databaseUrl: config.databaseUrl,
      replicas: config.streamReplicas,
    }),
    ...(service ? [DatasetDeclarationsModule.of(service)] : []),
  ];
}
