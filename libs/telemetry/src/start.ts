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

let started: Promise<NodeTracerProvider> | undefined;

/**
 * Starts traces and metrics of this process; further calls change nothing. Spans are exported by OTLP over
 * HTTP when OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) is set. Without it they record nothing,
 * but have ids all the same, so that logs and events of one request can be joined.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<void> {
  started ??= start(options);
  await started;
}

/** Sends the spans that are still buffered; for the end of the process. */
export async function stopTelemetry(): Promise<void> {
  await (await started)?.shutdown();
}

async function start(options: TelemetryOptions): Promise<NodeTracerProvider> {
  const resource = resourceFromAttributes({ [ATTR_SERVICE_NAME]: options.service });
  const spanProcessors = options.spanProcessors ?? (await exportProcessors());
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors,
    ...(spanProcessors.length === 0 && { sampler: new AlwaysOffSampler() }),
  });
  provider.register();
  startMetrics(resource);
  return provider;
}

async function exportProcessors(): Promise<SpanProcessor[]> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
  if (!OTEL_EXPORTER_OTLP_ENDPOINT && !OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return [];
  // Loaded only where it is used: it costs memory and time at start.
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return [new BatchSpanProcessor(new OTLPTraceExporter())];
}
