import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReadinessCheck } from '#libs/contracts';
import { connectConsumers, JetStreamServer } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { createLogger, startTelemetry } from '#libs/telemetry';
import { DataSource } from 'typeorm';
import { FieldValidationPipe } from '../fields/validation.pipe.js';
import { Readiness } from '../health/readiness.js';
import { addHealthRoutes } from '../health/routes.js';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.js';
import { startPruning } from '../idempotency/idempotency-pruning.js';
import { IdempotencyKeyTable1767225600000 } from '../idempotency/idempotency-table.js';
import { addDocumentation } from '../openapi/routes.js';
import { ProblemFilter } from '../problems/problem-filter.js';
import { makeHttpLayer } from './fastify.js';
import type { ServiceOptions } from './options.js';
import { Providers } from './providers.js';
import { ServiceModule } from './service.module.js';

/**
 * A service that is complete but neither listens nor consumes yet. For tests: `app.inject(…)`, `app.listen(0)`,
 * `app.startAllMicroservices()`; end it with `app.close()`.
 */
export async function createService(options: ServiceOptions): Promise<NestFastifyApplication> {
  await startTelemetry({ service: options.name });
  const logger = createLogger({
    service: options.name,
    level: options.logLevel,
    destination: options.logDestination,
  });
  const { adapter, fastify, answerFailure } = makeHttpLayer(options, logger);

  const health = new Logger('Health');
  let checks: readonly ReadinessCheck[] = [];
  const readiness = new Readiness(
    () => checks,
    (name, error) => {
      health.warn({ message: `${name} cannot be used`, err: error });
    },
  );
  addHealthRoutes(fastify, readiness);
  const documentation = addDocumentation(fastify, options);
  await options.configure?.(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(ServiceModule.of(options), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  const providers = new Providers(app);
  checks = providers.all(ReadinessCheck);
  documentation.describe(app);
  app.useGlobalPipes(new FieldValidationPipe());
  app.useGlobalFilters(new ProblemFilter(answerFailure));
  const scope = idempotencyScope(providers);
  app.useGlobalInterceptors(new IdempotencyInterceptor(scope));
  const stopPruning = scope ? startPruning(scope) : undefined;
  fastify.addHook('preClose', (done) => {
    readiness.stop();
    stopPruning?.();
    done();
  });
  if (providers.all(JetStreamServer).length > 0) connectConsumers(app);
  try {
    await app.init();
  } catch (error) {
    // What has been opened so far (database, bus) would otherwise stay open, and keep the process alive.
    await app.close().catch((failure: unknown) => {
      new Logger('Service').error(failure);
    });
    throw error;
  }
  return app;
}

/** Null when the service has no database, or its database no table for the keys. */
function idempotencyScope(providers: Providers): TransactionScope | null {
  const migrations = providers.all(DataSource).flatMap((dataSource) => dataSource.migrations);
  const hasTable = migrations.some((migration) => migration instanceof IdempotencyKeyTable1767225600000);
  return (hasTable && providers.all(TransactionScope)[0]) || null;
}
