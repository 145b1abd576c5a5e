import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { Clock } from '#libs/calendar';
import { type HealthSection, type ServiceHealth, type ServiceName, SERVICES } from '#libs/contracts';
import { BusConnection, JetStreamServer } from '#libs/messaging';
import { LivePicture } from '../projections/live-picture.js';
import { askService } from './ask-service.js';

const LOOK_MILLISECONDS = 5_000;
/** Looks in a row without an answer before a service counts as down: a restart shorter than that is no news. */
const MISSED_LOOKS = 2;

interface Look {
  lag: number | null;
  missed: number;
  looksBehind: number;
}

/** Whether each service answers, and how much of what it said the gateway has not taken over yet. */
@Injectable()
export class ServiceHealthMonitor implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Map<ServiceName, Look>(
    SERVICES.map((service) => [service, { lag: null, missed: MISSED_LOOKS, looksBehind: 0 }]),
  );
  private readonly listeners = new Set<() => void>();
  private checkedAt: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: BusConnection,
    private readonly consumers: JetStreamServer,
    private readonly picture: LivePicture,
    private readonly clock: Clock,
  ) {
    this.checkedAt = clock.now().toISOString();
  }

  onApplicationBootstrap(): void {
    const lag = metrics.getMeter('gateway').createObservableGauge('ioc_consumer_lag', {
      description: 'Events of a service that the gateway has not taken over yet',
    });
    lag.addCallback((result) => {
      for (const [service, look] of this.looks) if (look.lag !== null) result.observe(look.lag, { service });
    });
    this.bus.onConnected(() => void this.look());
    this.timer = setInterval(() => void this.look(), LOOK_MILLISECONDS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Called when the state of a service has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  section(): HealthSection {
    return { services: SERVICES.map((service) => this.healthOf(service)), checkedAt: this.checkedAt };
  }

  private healthOf(service: ServiceName): ServiceHealth {
    const { lag, missed, looksBehind } = this.looks.get(service)!;
    const down = lag === null || missed >= MISSED_LOOKS;
    const behind = looksBehind > 1;
    return {
      service,
      lastEventAt: this.picture.sourceTime(service),
      lag,
      state: down ? 'down' : behind ? 'behind' : 'ok',
    };
  }

  private async look(): Promise<void> {
    const before = this.states();
    const lags = new Map((await this.consumers.consumerStates()).map(({ service, lag }) => [service, lag]));
    await Promise.all(
      SERVICES.map(async (service) => {
        const look = this.looks.get(service)!;
        look.missed = (await this.answers(service)) ? 0 : look.missed + 1;
        look.lag = lags.get(service) ?? null;
        look.looksBehind = look.lag ? look.looksBehind + 1 : 0;
      }),
    );
    this.checkedAt = this.clock.now().toISOString();
    if (this.states() !== before) for (const listener of this.listeners) listener();
  }

  private states(): string {
    return SERVICES.map((service) => this.healthOf(service).state).join();
  }

  private async answers(service: ServiceName): Promise<boolean> {
    if (!this.bus.connected) return false;
    try {
      const { connection } = await this.bus.whenConnected();
      await askService(connection, service, 'alive');
      return true;
    } catch {
      return false;
    }
  }
}
