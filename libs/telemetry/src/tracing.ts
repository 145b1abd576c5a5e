import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';

export { SpanKind };

export interface TraceIds {
  /** 32 lower-case hexadecimal digits. */
  traceId: string;
  /** 16 lower-case hexadecimal digits. */
  spanId: string;
}

export interface SpanOptions {
  /** Default INTERNAL. */
  kind?: SpanKind;
  attributes?: Attributes;
  /** W3C traceparent of the parent; null starts a new trace; left out, the parent is the span at work now. */
  parent?: string | null;
  /** traceparents of spans that led to this one without being its parent, for example of the messages of a batch. */
  links?: readonly string[];
}

export function tracer(): Tracer {
  return trace.getTracer('ioc');
}

/**
 * Runs `work` inside a new span and ends it with the work. A rejection marks the span as failed and goes on to the
 * caller.
 */
export async function withSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T> | T,
): Promise<T> {
  const parent = parentContext(options.parent);
  const span = tracer().startSpan(
    name,
    { kind: options.kind, attributes: options.attributes, links: options.links?.flatMap(toLink) },
    parent,
  );
  try {
    return await context.with(trace.setSpan(parent, span), work, undefined, span);
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** The context that a traceparent stands for; a malformed one counts as none (W3C Trace Context, section 3.2). */
export function parentContext(traceparent: string | null | undefined): Context {
  if (traceparent === undefined) return context.active();
  const withoutParent = trace.deleteSpan(context.active());
  const remote = traceparent === null ? null : parseTraceParent(traceparent);
  return remote ? trace.setSpanContext(withoutParent, { ...remote, isRemote: true }) : withoutParent;
}

/** Ids of the span at work now; undefined outside of any. */
export function currentTrace(): TraceIds | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && { traceId: span.traceId, spanId: span.spanId };
}

/** W3C traceparent of the span at work now, to be sent along with messages; undefined outside of any. */
export function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && `00-${span.traceId}-${span.spanId}-0${String(span.traceFlags & 1)}`;
}

function toLink(traceparent: string): Link[] {
  const linked = parseTraceParent(traceparent);
  return linked ? [{ context: linked }] : [];
}
