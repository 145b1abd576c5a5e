import { Body, Controller, Get, Injectable, Module, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Actor, type ActorResolver, type RequestCredentials } from '#libs/auth';
import { problem } from '#libs/contracts';
import {
  assertVersion,
  BooleanField,
  CodeField,
  CreatedAt,
  createService,
  CursorQuery,
  DateField,
  decodeCursor,
  EnumField,
  foldVietnamese,
  httpMigrations,
  IfMatch,
  InstantField,
  IntegerField,
  kinds,
  likeFolded,
  ListField,
  MoneyField,
  ObjectField,
  type Page,
  PageOf,
  QueryBooleanField,
  QueryListField,
  type ServiceOptions,
  TextField,
  toPage,
  UrlField,
  UuidParam,
} from '#libs/http';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A small service that uses everything of libs/http once; what the suites beside it try is true of every service. */

class NoteTable1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE note (
        id uuid PRIMARY KEY, version integer NOT NULL, title text NOT NULL UNIQUE, folded text NOT NULL,
        content jsonb NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

class Part {
  @TextField({ description: 'Name of the part', max: 20 })
  name!: string;

  @IntegerField({ description: 'How many', min: 0, max: 1_000, optional: true })
  count?: number;
}

class NewNote {
  @TextField({ description: 'Title', min: 2, max: 50 })
  title!: string;

  @TextField({ description: 'Text', max: 500, multiline: true, optional: true })
  text?: string;

  @MoneyField({ description: 'Cost in đồng', optional: true, nullable: true })
  cost?: number | null;

  @DateField({ description: 'Day', optional: true })
  day?: string;

  @InstantField({ description: 'Instant', optional: true })
  at?: string;

  @EnumField(['low', 'high'], { description: 'Weight', optional: true })
  weight?: string;

  @BooleanField({ description: 'Done', optional: true })
  done?: boolean;

  @CodeField(/^[A-Z]{2,8}$/, { description: 'Agency', optional: true })
  agency?: string;

  @UrlField({ description: 'Link', optional: true })
  link?: string;

  @ListField(kinds.text({ max: 10 }), { description: 'Labels', max: 3, unique: true, optional: true })
  labels?: string[];

  @ObjectField(() => Part, { description: 'Main part', optional: true })
  part?: Part;

  @ListField(kinds.object(() => Part), { description: 'Parts', max: 5, optional: true })
  parts?: Part[];
}

class NoteChange {
  @TextField({ description: 'Title', min: 2, max: 50 })
  title!: string;
}

class NoteQuery extends CursorQuery {
  @TextField({ description: 'Search', max: 50, optional: true })
  q?: string;

  @QueryBooleanField({ description: 'Only those with a cost', optional: true })
  costed?: boolean;

  @QueryListField(kinds.oneOf(['low', 'high']), { description: 'Weights', max: 2, optional: true })
  weight?: string[];
}

interface Note {
  id: string;
  version: number;
  title: string;
}

class NoteView implements Note {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ type: 'string' })
  title!: string;
}

interface NoteRow extends Note {
  content: NewNote;
}

/** What the sample does beside its table; a test takes hold of it to make a handler slow or fail. */
export const sampleBehaviour = { beforeAnswer: (): Promise<void> => Promise.resolve(), created: 0 };

@Controller('v1/notes')
class NotesController {
  constructor(private readonly scope: TransactionScope) {}

  @Post()
  @CreatedAt('/v1/notes/{id}')
  @ApiCreatedResponse({ type: NoteView })
  create(@Body() body: NewNote): Promise<Note> {
    return this.scope.run(async (manager) => {
      sampleBehaviour.created += 1;
      const id = uuidv7();
      await manager.query(
        'INSERT INTO note (id, version, title, folded, content) VALUES ($1, 1, $2, $3, $4)',
        [id, body.title, foldVietnamese(body.title), JSON.stringify(body)],
      );
      await sampleBehaviour.beforeAnswer();
      return Object.assign({ id, version: 1 }, body);
    });
  }

  @Get()
  @ApiOkResponse({ type: PageOf(NoteView) })
  async list(@Query() query: NoteQuery): Promise<Page<NoteRow>> {
    const filters = { q: query.q, costed: query.costed, weight: query.weight };
    const after = decodeCursor<[string, string]>(query.cursor, filters, ['text', 'uuid']);
    const rows: NoteRow[] = await this.scope.manager.query(
      `SELECT id, version, title, content FROM note
       WHERE folded LIKE $1 AND ($2::text IS NULL OR (title, id) > ($2, $3::uuid))
       ORDER BY title, id LIMIT $4`,
      [likeFolded(query.q ?? ''), after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (row) => [row.title, row.id], filters);
  }

  @Get(':id')
  @ApiOkResponse({ type: NoteView })
  async read(@UuidParam('id') id: string): Promise<Note> {
    return this.find(id);
  }

  @Patch(':id')
  @ApiOkResponse({ type: NoteView })
  change(@UuidParam('id') id: string, @Body() body: NoteChange, @IfMatch() ifMatch?: number): Promise<Note> {
    return this.scope.run(async (manager) => {
      const note = await this.find(id, 'FOR UPDATE');
      assertVersion(note.version, ifMatch);
      await manager.query('UPDATE note SET version = version + 1, title = $2 WHERE id = $1', [
        id,
        body.title,
      ]);
      return { ...note, version: note.version + 1, title: body.title };
    });
  }

  @Post(':id/check')
  check(@UuidParam('id') id: string): Promise<Note> {
    return this.find(id);
  }

  /** A mistake of the service itself: text that nobody checked goes to the database. */
  @Post('unchecked')
  async unchecked(@Body() body: object): Promise<unknown> {
    return this.scope.manager.query('SELECT $1::text AS text, $2::integer AS number', [
      (body as { text?: string }).text ?? '',
      (body as { number?: string }).number ?? '1',
    ]);
  }

  @Get('failing/now')
  fail(): never {
    throw new Error('password=hunter2 in an internal message');
  }

  private async find(id: string, lock = ''): Promise<Note> {
    const rows: Note[] = await this.scope.manager.query(
      `SELECT id, version, title FROM note WHERE id = $1 ${lock}`,
      [id],
    );
    const note = rows[0];
    if (!note) throw problem('not-found');
    return note;
  }
}

/** Stands in for tokens: the header names the client. */
@Injectable()
class HeaderActor implements ActorResolver {
  resolve({ headers }: RequestCredentials): Promise<Actor | null> {
    const client = headers['x-client'];
    return Promise.resolve(typeof client === 'string' ? new Actor(client, client, null, new Set()) : null);
  }
}

/** The sample on a database, listening on a free port. */
export async function startSample(
  databaseUrl: string,
  options: Partial<ServiceOptions> = {},
): Promise<NestFastifyApplication> {
  @Module({
    imports: [
      PersistenceModule.forRoot({
        url: databaseUrl,
        entities: [],
        migrations: [...httpMigrations, NoteTable1767225600001],
        poolSize: 5,
      }),
    ],
    controllers: [NotesController],
  })
  class SampleModule {}

  const app = await createService({
    name: 'tasks',
    module: SampleModule,
    auth: { issuer: 'http://127.0.0.1:1', resolvers: [HeaderActor] },
    logLevel: 'silent',
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  return app;
}
