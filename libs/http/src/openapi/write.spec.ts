import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { Public, RequireScopes } from '#libs/auth';
import { TextField } from '../fields/decorators.js';
import { writeOpenApi } from './write.js';

class NewThing {
  @TextField({ description: 'Name', max: 20 })
  name!: string;
}

@Injectable()
class Unreachable {
  constructor() {
    throw new Error('must not be made: there is no database where the document is written');
  }
}

@Controller('v1/things')
@RequireScopes('tasks:read')
class ThingsController {
  constructor(readonly unreachable: Unreachable) {}

  @Get()
  list(): object {
    return { items: [] };
  }

  @Get('open')
  @Public()
  open(): object {
    return {};
  }

  @Post()
  @RequireScopes('tasks:write')
  create(@Body() body: NewThing): object {
    return body;
  }
}

@Module({ controllers: [ThingsController], providers: [Unreachable] })
class ThingsModule {}

interface Document {
  info: { title: string };
  paths: Record<string, Record<string, { security: unknown; description?: string }>>;
  components: { schemas: Record<string, unknown> };
}

it('the document is written without starting anything, with the scopes of each operation, the same each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  try {
    const files = [join(folder, 'a.json'), join(folder, 'b.json')];
    for (const file of files)
      await writeOpenApi({ name: 'tasks', module: ThingsModule, title: 'Things' }, file);
    const [text, again] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(again).toBe(text);
    const document = JSON.parse(text ?? '') as Document;
    expect(document.info.title).toBe('Things');
    expect(document.paths['/v1/things']?.['get']).toMatchObject({
      security: [{ bearer: [] }],
      description: 'Scope: tasks:read',
    });
    expect(document.paths['/v1/things']?.['post']?.description).toBe('Scope: tasks:write');
    expect(document.paths['/v1/things/open']?.['get']?.security).toEqual([]);
    expect(document.components.schemas['NewThing']).toBeDefined();
  } finally {
    await rm(folder, { recursive: true });
  }
});
