export { createLogger, type LogFields, type LogLevel, type LoggerOptions, ServiceLogger } from './logger.js';
export { meter, renderMetrics } from './metrics.js';
export { startTelemetry, stopTelemetry, type TelemetryOptions } from './start.js';
export {
  currentTrace,
  currentTraceparent,
  parentContext,
  type SpanOptions,
  SpanKind,
  type TraceIds,
  tracer,
  withSpan,
} from './tracing.js';
