import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Level, type Logger, pino, stdTimeFunctions } from 'pino';
import { redact, serializeError } from './redact.js';
import { currentTrace } from './tracing.js';

export type LogLevel = Level;
export type LogFields = Readonly<Record<string, unknown>>;

export interface LoggerOptions {
  service: string;
  /** Least important level written; default LOG_LEVEL, else info. */
  level?: string;
  /** Default: standard output. */
  destination?: DestinationStream;
}

/** What Nest tells about its own start, line by line per class and route: only of interest when something is wrong. */
const CHATTY_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Makes the log of a process: one JSON object a line. */
export function createLogger(options: LoggerOptions): ServiceLogger {
  const level = (options.level ?? process.env['LOG_LEVEL']) || 'info';
  const settings = {
    level: isLevel(level) ? level : 'info',
    base: { service: options.service },
    messageKey: 'message',
    errorKey: 'err',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: redact },
    serializers: { err: serializeError },
    mixin: (): object => currentTrace() ?? {},
  };
  return new ServiceLogger(options.destination ? pino(settings, options.destination) : pino(settings));
}

function isLevel(level: string): boolean {
  return level === 'silent' || level in pino.levels.values;
}

/**
 * Nest's logger, writing `{level, time, service, traceId, spanId, context, message, err}`. A message may be an object:
 * `logger.warn({ message: 'refused', clientId })` puts its fields into the line. Values under names such as
 * `authorization`, `cookie` or `password` are replaced.
 */
export class ServiceLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  /** One line with fields of its own. */
  write(level: LogLevel, message: string, fields: LogFields = {}): void {
    this.pino[level](fields, message);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.forward('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.forward('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.forward('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.forward('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.forward('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.forward('fatal', message, rest);
  }

  private forward(level: LogLevel, message: unknown, rest: unknown[]): void {
    const { context, fields } = readParameters(rest);
    const quiet = level === 'info' && context !== undefined && CHATTY_CONTEXTS.has(context);
    const written = quiet ? 'debug' : level;
    if (!this.pino.isLevelEnabled(written)) return;
    if (context !== undefined) fields['context'] = context;
    this.write(written, readMessage(message, fields), fields);
  }
}

/** Nest appends the context to what the caller gave; `error` may have a stack or an error before it. */
function readParameters(rest: unknown[]): { context: string | undefined; fields: Record<string, unknown> } {
  const last = rest.at(-1);
  const context = typeof last === 'string' ? last : undefined;
  const fields: Record<string, unknown> = {};
  for (const value of context === undefined ? rest : rest.slice(0, -1)) {
    if (value instanceof Error) fields['err'] = value;
    else if (typeof value === 'string') fields['stack'] = value;
    else if (typeof value === 'object' && value !== null) Object.assign(fields, value);
  }
  return { context, fields };
}

function readMessage(message: unknown, fields: Record<string, unknown>): string {
  if (message instanceof Error) {
    fields['err'] = message;
    delete fields['stack'];
    return message.message;
  }
  if (typeof message === 'object' && message !== null) {
    const { message: text, ...others } = message as Record<string, unknown>;
    Object.assign(fields, others);
    return typeof text === 'string' ? text : '';
  }
  return String(message);
}
