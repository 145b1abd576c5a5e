import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createService } from './create-service.js';
import { addressOf, type ServiceOptions } from './options.js';
import { dieOnUnexpectedErrors, stopOnSignals } from './shutdown.js';

/**
 * Makes a service, starts its consumers and listens. The process then ends by SIGTERM or SIGINT (in order, with 0) or
 * by an unexpected error (with 1).
 *
 * @example
 * await startService({ name: 'tasks', module: AppModule });
 */
export async function startService(options: ServiceOptions): Promise<NestFastifyApplication> {
  dieOnUnexpectedErrors();
  const { port, host } = addressOf(options);
  const app = await createService(options);
  stopOnSignals(app);
  await app.startAllMicroservices();
  await app.listen(port, host);
  new Logger('Service').log(`${options.name} listens at ${await app.getUrl()}`);
  return app;
}
