import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import pg from 'pg';
import { AccessEnded, AgencyClient, type GrantAccess, type SharedEvent } from '#libs/agency-client';

/**
 * The service of a fictitious agency ("Cơ quan mẫu"): holds a copy of the province's tasks in a database of its own,
 * kept current by a sharing grant, and answers questions from it. Made to be copied: replace the table and the statement.
 */

/** The fields of a task that this agency uses; the grant may give it more. */
interface Task {
  title: string;
  state: string;
}

const { DATABASE_URL, AGENCY_ACCESS = 'access.json', AGENCY_CODE = 'CQM', PORT = '8090' } = process.env;
const access = JSON.parse(await readFile(AGENCY_ACCESS, 'utf8')) as GrantAccess;
const database = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
database.on('error', (error) => {
  say(`database: ${error.message}`);
});

await database.query(`
  CREATE TABLE IF NOT EXISTS task_copy (
    id text PRIMARY KEY, sequence integer NOT NULL, title text NOT NULL, state text NOT NULL, changed_at timestamptz NOT NULL)`);

/**
 * One statement, so that a batch is taken over whole or not at all. An event may come twice, or an older one behind a
 * newer one: the greater sequence wins, and nothing else needs to be remembered.
 */
async function takeOver(events: readonly SharedEvent<Task>[]): Promise<void> {
  const newest = [...new Map([...events].sort(bySequence).map((event) => [event.recordId, event])).values()];
  await database.query(
    `INSERT INTO task_copy
     SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
     ON CONFLICT (id) DO UPDATE SET (sequence, title, state, changed_at) =
       (excluded.sequence, excluded.title, excluded.state, excluded.changed_at)
     WHERE task_copy.sequence < excluded.sequence`,
    [
      newest.map((event) => event.recordId),
      newest.map((event) => event.sequence),
      newest.map((event) => event.data.title),
      newest.map((event) => event.data.state),
      newest.map((event) => event.time),
    ],
  );
}

function bySequence(one: SharedEvent<Task>, other: SharedEvent<Task>): number {
  return one.sequence - other.sequence;
}

/** `GET /`: how many tasks are in which state, from the copy; the province's services are not asked. */
const server = createServer((_request, response) => {
  database
    .query('SELECT state, count(*)::int AS tasks, max(changed_at) AS newest FROM task_copy GROUP BY state')
    .then(({ rows }) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
    })
    .catch((error: unknown) => {
      say(`not answered: ${(error as Error).message}`);
      response.writeHead(503).end();
    });
});

const client = await AgencyClient.connect(access, AGENCY_CODE);
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  say(`listening on ${typeof address === 'object' && address ? address.port : PORT}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

try {
  await client.follow<Task>(takeOver, {
    onCaughtUp: () => {
      say('the current state is here; changes follow as they happen');
    },
    onTrouble: (error) => {
      say(`a batch comes again: ${error.message}`);
    },
  });
} catch (error) {
  if (!(error instanceof AccessEnded)) throw error;
  say(`the access has ended (${error.message}): ask the registry whether the grant still holds`);
  process.exitCode = 3;
  await stop();
}

async function stop(): Promise<void> {
  await client.close();
  server.close();
  await database.end();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
