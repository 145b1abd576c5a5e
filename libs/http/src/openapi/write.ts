import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { ServiceOptions } from '../service/options.js';
import { ServiceModule } from '../service/service.module.js';
import { describeService } from './document.js';

/**
 * Writes the OpenAPI document of a service, without starting any of its parts: for the file that is kept beside the
 * application and compared in CI.
 */
export async function writeOpenApi(
  options: Pick<ServiceOptions, 'name' | 'module' | 'title' | 'description' | 'auth'>,
  file: string,
): Promise<void> {
  const root = ServiceModule.of({ ...options, auth: { ...options.auth, issuer: 'urn:none' } });
  const app = await NestFactory.create(root, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  await writeFile(file, `${JSON.stringify(describeService(app, options), null, 2)}\n`);
}
