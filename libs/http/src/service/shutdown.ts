import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { stopTelemetry } from '#libs/telemetry';

/** Time for the requests in flight to end, in milliseconds; after it their connections are closed. */
const REQUESTS_LIMIT = 10_000;
/** Time for everything to end. */
const TOTAL_LIMIT = 20_000;

/**
 * SIGTERM, SIGINT, or (with IOC_PARENT_WATCH=1) the loss of the parent process: no new connections, requests in flight
 * end, then consumers, then the database.
 */
export function stopOnSignals(app: NestFastifyApplication): void {
  let stopping = false;
  const stop = (reason: string): void => {
    // Ctrl-C reaches the whole process group, and the launcher then sends its own signal.
    if (stopping) return;
    stopping = true;
    void close(app, reason);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.env['IOC_PARENT_WATCH'] === '1') {
    process.on('disconnect', () => {
      stop('the parent process has ended');
    });
  }
}

async function close(app: NestFastifyApplication, reason: string): Promise<void> {
  const logger = new Logger('Service');
  logger.log(`stopping: ${reason}`);
  const server = app.getHttpServer();
  setTimeout(() => {
    logger.warn('requests were still in flight; their connections are closed');
    server.closeAllConnections();
  }, REQUESTS_LIMIT).unref();
  setTimeout(() => {
    logger.error('could not stop in time');
    process.exit(1);
  }, TOTAL_LIMIT).unref();
  try {
    await app.close();
    await stopTelemetry();
    logger.log('stopped');
    process.exit(0);
  } catch (error) {
    logger.error(error);
    process.exit(1);
  }
}

/** After an error that nobody caught the state of the process is unknown: it must be started anew. */
export function dieOnUnexpectedErrors(): void {
  const die = (error: unknown): void => {
    new Logger('Service').fatal(error);
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
