import { type DynamicModule, Module } from '@nestjs/common';
import { WorkingCalendar } from '#libs/calendar';
import { dataService } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import type { GatewayConfig } from './config.js';
import { DisplayController } from './display/display.controller.js';
import { EventContractController } from './event-contract/event-contract.controller.js';
import { RECONCILE_MILLISECONDS, Reconciliation } from './health/reconciliation.js';
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
        ...dataService({
          process: 'gateway',
          config,
          entities: [],
          migrations: [GatewayTables1767225600001],
        }),
      ],
      controllers: [
        EventListener,
        OverviewController,
        StreamController,
        DisplayController,
        EventContractController,
      ],
      providers: [
        {
          provide: WorkingCalendar,
          useFactory: (reference: ReferenceData) => new WorkingCalendar(reference.holidays),
          inject: [ReferenceData],
        },
        { provide: RECONCILE_MILLISECONDS, useValue: config.reconcileMilliseconds },
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
