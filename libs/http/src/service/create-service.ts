import { Logger } from '@nestjs/common';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReadinessCheck } from '#libs/contracts';
import { connectConsumers } from '#libs/messaging';
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
import { ServiceModule } from './service.module.js';

/**
 * A service that is complete but neither listens nor consumes yet. For tests: `app.inject(…)`, `app.listen(0)`,
 * `app.startAllMicroservices()`; end it with `app.close()`.
 */
export async function createService(options: ServiceOptions): Promise<NestFastifyApplication> {
  await startTelemetry({ service: options.name });
  const logger = createLogger({ service: options.name, level: options.logLevel });
  const { adapter, fastify, allowedMethods } = makeHttpLayer(options, logger);

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
  checks = findReadinessChecks(app);
  documentation.describe(app);
  app.useGlobalPipes(new FieldValidationPipe());
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
  const scope = idempotencyScope(app);
  app.useGlobalInterceptors(new IdempotencyInterceptor(scope));
  if (scope) fastify.addHook('onClose', endsWith(startPruning(scope)));
  fastify.addHook('preClose', endsWith(() => { readiness.stop(); }));
  connectConsumers(app);
  await app.init();
  return app;
}

function endsWith(end: () => void): () => Promise<void> {
  return () => {
    end();
    return Promise.resolve();
  };
}

function findReadinessChecks(app: NestFastifyApplication): ReadinessCheck[] {
  return app
    .get(DiscoveryService)
    .getProviders()
    .map(({ instance }: { instance: unknown }) => instance)
    .filter((instance) => instance instanceof ReadinessCheck);
}

/** Null when the service has no database, or its database no table for the keys. */
function idempotencyScope(app: NestFastifyApplication): TransactionScope | null {
  const dataSource = find(app, DataSource);
  const hasTable = dataSource?.migrations.some((migration) => migration instanceof IdempotencyKeyTable1767225600000);
  return hasTable ? find(app, TransactionScope) : null;
}

function find<T>(app: NestFastifyApplication, token: abstract new (...parameters: never[]) => T): T | null {
  try {
    return app.get<T>(token, { strict: false });
  } catch {
    return null;
  }
}
