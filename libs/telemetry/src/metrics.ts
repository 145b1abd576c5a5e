import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Meter, metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

let exporter: PrometheusExporter | undefined;

/** @internal Called once by startTelemetry. */
export function startMetrics(resource: Resource): void {
  // Without a server of its own: the service's port answers /metrics.
  exporter = new PrometheusExporter({ preventServerStart: true });
  metrics.setGlobalMeterProvider(new MeterProvider({ resource, readers: [exporter] }));
  observeProcess();
}

/**
 * Where instruments come from. Call it when the process has started its telemetry (in constructors, not while
 * modules load): what is made before counts nothing. Names are Prometheus names with the unit as suffix
 * (`outbox_backlog_events`, `relay_publish_duration_seconds`); counters get `_total` by themselves.
 */
export function meter(): Meter {
  return metrics.getMeter('ioc');
}

/** All metrics of this process in the Prometheus text format. */
export async function renderMetrics(): Promise<string> {
  if (!exporter) return '';
  const { resourceMetrics } = await exporter.collect();
  return new PrometheusSerializer('', false, undefined, false, true).serialize(resourceMetrics);
}

function observeProcess(): void {
  const instruments = meter();
  instruments
    .createObservableGauge('process_resident_memory_bytes', { description: 'Resident memory of the process' })
    .addCallback((result) => {
      result.observe(process.memoryUsage.rss());
    });
  instruments
    .createObservableGauge('process_uptime_seconds', { description: 'Time since the process started' })
    .addCallback((result) => {
      result.observe(process.uptime());
    });
  let lag: ReturnType<typeof monitorEventLoopDelay> | undefined;
  instruments
    .createObservableGauge('event_loop_lag_seconds', {
      description: 'Longest delay of the event loop since the metrics were last read',
    })
    .addCallback((result) => {
      // From the first reading on: nobody pays for what nobody looks at.
      if (!lag) {
        lag = monitorEventLoopDelay({ resolution: 20 });
        lag.enable();
      }
      result.observe(lag.count > 0 ? lag.max / 1e9 : 0);
      lag.reset();
    });
}
