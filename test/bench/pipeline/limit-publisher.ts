import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, headers } from '@nats-io/transport-node';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Listener, type Publisher, serve } from './protocol.js';

/** The hand-written minimum: outbox row, wake, claim 500, publish in flight, mark. No framework, nothing optional. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(`CREATE TABLE business (id uuid PRIMARY KEY, title text NOT NULL, version int NOT NULL);
  CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid NOT NULL, subject text NOT NULL,
    data text NOT NULL, published_at timestamptz);
  CREATE INDEX ON outbox (id) WHERE published_at IS NULL`);
const connection = await connect({
  servers: process.env['NATS_URL']!,
  inboxPrefix: '_INBOX.tasks',
  authenticator: credsAuthenticator(await readFile(process.env['NATS_CREDENTIALS']!)),
  noAsyncTraces: true,
});
const manager = await jetstreamManager(connection, { checkAPI: false });
await manager.streams.add({ name: 'TASKS', subjects: ['ioc.tasks.>'], max_msgs_per_subject: 64 });
const stream = jetstream(connection);
const relayClient = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await relayClient.connect();

let wake: () => void = () => undefined;
let woken = false;

async function relay(): Promise<void> {
  for (;;) {
    woken = false;
    const { rows } = await relayClient.query<{ id: string; event_id: string; subject: string; data: string }>(
      {
        name: 'claim',
        text: 'SELECT id, event_id, subject, data FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT 500',
      },
    );
    if (rows.length === 0) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by commits meanwhile
      if (!woken) await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    await Promise.all(
      rows.map((row) => {
        const head = headers();
        head.set('ce-id', row.event_id);
        head.set('Nats-Msg-Id', row.event_id);
        return stream.publish(row.subject, row.data, { headers: head });
      }),
    );
    await relayClient.query({
      name: 'mark',
      text: 'UPDATE outbox SET published_at = now() WHERE id = ANY ($1::bigint[])',
      values: [rows.map((row) => row.id)],
    });
  }
}

void relay();

async function commit(): Promise<string> {
  const id = uuidv7();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query({
      name: 'business',
      text: 'INSERT INTO business VALUES ($1, $2, 1)',
      values: [id, 'a task'],
    });
    await client.query({
      name: 'outbox',
      text: 'INSERT INTO outbox (event_id, subject, data) VALUES ($1, $2, $3)',
      values: [
        uuidv7(),
        `ioc.tasks.task.${id}`,
        JSON.stringify({ id, title: 'a task', version: 1, changed: [] }),
      ],
    });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  woken = true;
  wake();
  return id;
}

/** POST anything: commits, then answers the key; with nothing but Node's own server around it. */
function listen(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      void commit().then((id) => response.writeHead(201).end(id));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

serve({
  listen,
  async commitFor(milliseconds, concurrency) {
    const end = performance.now() + milliseconds;
    let count = 0;
    const worker = async (): Promise<void> => {
      for (; performance.now() < end; count += 1) await commit();
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return count;
  },
  async backlog(count) {
    await pool.query(
      `INSERT INTO outbox (event_id, subject, data)
       SELECT id, 'ioc.tasks.task.' || id, '{"id":"' || id || '","title":"a task","version":1,"changed":[]}'
       FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) AS ids`,
      [count],
    );
    woken = true;
    wake();
  },
  async commitSlowly(count, pauseMilliseconds) {
    const times: Record<string, string> = {};
    for (let done = 0; done < count; done += 1) {
      const id = await commit();
      times[id] = process.hrtime.bigint().toString();
      await sleep(pauseMilliseconds);
    }
    return times;
  },
} satisfies Publisher & Listener);
