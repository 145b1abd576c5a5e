import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { readFileBodies } from '#libs/http';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { DirectivesModule } from '../directives/directives.module.js';
import { DirectiveImport } from './directive-import.js';
import { ExistingTasks } from './existing-tasks.js';
import { MAX_FILE } from './read-file.js';
import { TaskExport } from './task-export.js';
import { TaskImport } from './task-import.js';
import { WorkbookImport } from './workbook-import.js';
import { IMPORT_PATH, WorkbooksController } from './workbooks.controller.js';

/** Import and export of tasks. */
@Module({
  imports: [AssignmentsModule, DirectivesModule],
  controllers: [WorkbooksController],
  providers: [TaskExport, WorkbookImport, DirectiveImport, TaskImport, ExistingTasks],
})
export class WorkbooksModule {
  constructor({ httpAdapter }: HttpAdapterHost) {
    const server: unknown = httpAdapter.getInstance();
    // Writing the API document makes the module without a server of its own.
    if (isFastify(server)) readFileBodies(server, [IMPORT_PATH], MAX_FILE);
  }
}

function isFastify(server: unknown): server is FastifyInstance {
  return typeof server === 'object' && server !== null && 'addContentTypeParser' in server;
}
