import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { AgenciesModule } from '#libs/http';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { Acceptance } from './acceptance.js';
import { readDocumentBodies } from './document-bodies.js';
import { DocumentReader } from './document-reader.js';
import { ExtractionController } from './extraction.controller.js';

/** Reads directives into drafts of tasks, and assigns them once somebody accepts a draft. */
@Module({
  imports: [AgenciesModule, AssignmentsModule, DirectivesModule],
  controllers: [ExtractionController],
  providers: [Acceptance, DocumentReader],
})
export class ExtractionModule {
  constructor({ httpAdapter }: HttpAdapterHost) {
    const server: unknown = httpAdapter.getInstance();
    // Writing the API document makes the module without a server of its own.
    if (isFastify(server)) readDocumentBodies(server);
  }
}

function isFastify(server: unknown): server is FastifyInstance {
  return typeof server === 'object' && server !== null && 'addContentTypeParser' in server;
}
