import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import pg from 'pg';
import { type Consumer, type Listener, serve } from './protocol.js';

/** The hand-written minimum: pull, up to 200 in one transaction of inbox and effect, acknowledge. */
const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await client.connect();
await client.query(`CREATE TABLE inbox (event_id uuid PRIMARY KEY);
  CREATE TABLE effect (id uuid PRIMARY KEY, version int NOT NULL, state text NOT NULL)`);
const connection = await connect({
  servers: process.env['NATS_URL']!,
  inboxPrefix: '_INBOX.gateway',
  authenticator: credsAuthenticator(await readFile(process.env['NATS_CREDENTIALS']!)),
  noAsyncTraces: true,
});
const manager = await jetstreamManager(connection, { checkAPI: false });
await manager.consumers.add('TASKS', {
  durable_name: 'gateway',
  ack_policy: AckPolicy.Explicit,
  max_ack_pending: 1000,
});

let applied = 0;
const times: Record<string, string> = {};
const queue: JsMsg[] = [];
let working = false;
const readers = new Set<ServerResponse>();

async function work(): Promise<void> {
  if (working) return;
  working = true;
  while (queue.length > 0) {
    const batch = queue.splice(0, 200);
    const ids = batch.map((message) => message.headers!.get('ce-id'));
    const states = batch.map((message) => message.json<{ id: string; version: number }>());
    await client.query('BEGIN');
    await client.query({
      name: 'inbox',
      text: 'INSERT INTO inbox SELECT * FROM unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id',
      values: [ids],
    });
    await client.query({
      name: 'effect',
      text: `INSERT INTO effect SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[])
             ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state
             WHERE effect.version < excluded.version`,
      values: [
        states.map((state) => state.id),
        states.map((state) => state.version),
        states.map((state) => JSON.stringify(state)),
      ],
    });
    const now = process.hrtime.bigint().toString();
    if (batch.length < 20) for (const state of states) times[state.id] = now;
    await client.query('COMMIT');
    for (const message of batch) message.ack();
    applied += batch.length;
    const text = `data: ${JSON.stringify(states.map((state) => state.id))}\n\n`;
    for (const reader of readers) reader.write(text);
  }
  working = false;
}

const consumer = await jetstream(connection).consumers.get('TASKS', 'gateway');
await consumer.consume({
  max_messages: 1000,
  callback: (message) => {
    queue.push(message);
    void work();
  },
});

/** GET anything: a stream of server-sent events with the keys, after their commit. */
function listen(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    readers.add(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

serve({
  listen,
  applied: () => Promise.resolve(applied),
  times: () => Promise.resolve(times),
} satisfies Consumer & Listener);
