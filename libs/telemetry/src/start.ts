import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { startMetrics } from './metrics.js';

export interface TelemetryOptions {
  /** Name of the process in traces, metrics and logs, for example "tasks". */
  service: string;
  /** Replaces the export by OTLP; for tests that look at the spans. */
  spanProcessors?: SpanProcessor[];
}

export interface Telemetry {
  /** Sends what is still buffered. */
  shutdown(): Promise<void>;
}

let started: Promise<Telemetry> | undefined;

/**
 * Starts traces and metrics of this process; further calls answer the first one's. Spans are exported by OTLP over
 * HTTP when OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) is set. Without it they record nothing,
 * but have ids all the same, so that logs and events of one request can be joined.
 */
export function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  started ??= start(options);
  return started;
}

async function start(options: TelemetryOptions): Promise<Telemetry> {
  const resource = resourceFromAttributes({ [ATTR_SERVICE_NAME]: options.service });
  const spanProcessors = options.spanProcessors ?? (await exportProcessors());
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors,
    ...(spanProcessors.length === 0 && { sampler: new AlwaysOffSampler() }),
  });
  provider.register();
  startMetrics(resource);
  return { shutdown: () => provider.shutdown() };
}

async function exportProcessors(): Promise<SpanProcessor[]> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
  if (!OTEL_EXPORTER_OTLP_ENDPOINT && !OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return [];
  // Loaded only where it is used: it costs memory and time at start.
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return [new BatchSpanProcessor(new OTLPTraceExporter())];
}
