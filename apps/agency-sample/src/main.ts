import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import pg from 'pg';
import {
  AccessEnded,
  AgencyClient,
  fetchGrantAccess,
  type GrantAccess,
  type SharedEvent,
} from '#libs/agency-client';

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
const { TOKEN_URL, CLIENT_ID = '', CLIENT_SECRET = '', REGISTRY_URL = '', GRANT_ID = '' } = process.env;
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

/** Access of the same key pair until the grant's present last day; kept for the next start. */
async function renew(present: GrantAccess): Promise<GrantAccess> {
  const renewed = await fetchGrantAccess(REGISTRY_URL, await token(), GRANT_ID, present);
  await writeFile(`${AGENCY_ACCESS}.new`, `${JSON.stringify(renewed, null, 2)}\n`, { mode: 0o600 });
  await rename(`${AGENCY_ACCESS}.new`, AGENCY_ACCESS);
  say('the access has been renewed');
  return renewed;
}

/** From the issuer, for this agency's own client. */
async function token(): Promise<string> {
  const client = [CLIENT_ID, CLIENT_SECRET].map(encodeURIComponent).join(':');
  const answer = await fetch(TOKEN_URL ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'sharing:request' }),
  });
  const { access_token: given } = (await answer.json()) as { access_token?: string };
  if (given === undefined) throw new Error(`the issuer gave no token (${answer.status})`);
  return given;
}

let client: AgencyClient | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());

try {
  client = await AgencyClient.connect(access, AGENCY_CODE, TOKEN_URL === undefined ? {} : { renew });
  server.listen(Number(PORT), '127.0.0.1', () => {
    const address = server.address();
    say(`listening on ${typeof address === 'object' && address ? address.port : PORT}`);
  });
  await client.follow<Task>(takeOver, {
    onCaughtUp: () => {
      say('the current state is here; changes follow as they happen');
    },
    onTrouble: (error) => {
      say(`tried again: ${error.message}`);
    },
  });
} catch (error) {
  if (!(error instanceof AccessEnded)) throw error;
  say(`the access has ended (${error.message}): ask the registry whether the grant still holds`);
  process.exitCode = 3;
  await stop();
}

async function stop(): Promise<void> {
  await client?.close();
  server.close();
  await database.end();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
