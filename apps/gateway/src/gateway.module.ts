import { type DynamicModule, Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { httpMigrations } from '#libs/http';
import { MessagingModule, MessagingTables1767225600000 } from '#libs/messaging';
import { PersistenceModule } from '#libs/persistence';
import { ReferenceData, ReferenceModule } from '#libs/reference';
import type { GatewayConfig } from './config.js';
import { DisplayController } from './display/display.controller.js';
import { Reconciliation } from './health/reconciliation.js';
import { ServiceHealthMonitor } from './health/service-health-monitor.js';
import { GatewayTables1767225600001 } from './migrations/gateway-tables.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewService } from './overview/overview.service.js';
import { EventListener } from './projections/event.listener.js';
import { LivePicture } from './projections/live-picture.js';
import { ProjectionStore } from './projections/projection-store.js';
import { ChangeStream } from './stream/change-stream.js';
import { StreamController } from './stream/stream.controller.js';

/** Projections of the four services, the picture made of them, and its live stream. */
@Module({})
export class GatewayModule {
  static forRoot(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        PersistenceModule.forRoot({
          url: config.databaseUrl,
          entities: [],
          migrations: [MessagingTables1767225600000, ...httpMigrations, GatewayTables1767225600001],
          applicationName: 'gateway',
        }),
        MessagingModule.forRoot({
          process: 'gateway',
          databaseUrl: config.databaseUrl,
          nats: { url: config.natsUrl, credentialsFile: config.natsCredentials },
          replicas: config.streamReplicas,
        }),
        ReferenceModule.forRoot({ directory: config.referenceDirectory }),
      ],
      controllers: [EventListener, OverviewController, StreamController, DisplayController],
      providers: [
        {
          provide: WorkingCalendar,
          useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
          inject: [ReferenceData],
        },
        ProjectionStore,
        LivePicture,
        OverviewService,
        ChangeStream,
        ServiceHealthMonitor,
        Reconciliation,
      ],
    };
  }
}
