import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import type { LoadAnswer, LoadCommand, Received, Receiving } from './sharing-load.js';
import { taskEvent } from './task-event.js';

// Runs in a process of its own: publishes tasks' events and receives them as agencies do. See sharing-load.ts.

const TICK_MILLISECONDS = 10;
const SUBJECTS = 500;

const receivers = new Map<string, Received>();
const places = new Map<string, number[]>();
const ending = new AbortController();
let finished: Promise<number> = Promise.resolve(0);

/** Milliseconds since 1970, the same in every process of this machine. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function publish({ url, credentialsFile, rate }: LoadCommand & { kind: 'publish' }): Promise<number> {
  const connection = await connect({
    servers: url,
    inboxPrefix: '_INBOX.tasks',
    authenticator: credsAuthenticator(readFileSync(credentialsFile)),
    noAsyncTraces: true,
  });
  const stream = jetstream(connection);
  const started = performance.now();
  const sent: Promise<unknown>[] = [];
  while (!ending.signal.aborted) {
    const due = ((performance.now() - started) * rate) / 1_000;
    while (sent.length < due) {
      const { subject, data, headers } = taskEvent(`t${sent.length % SUBJECTS}`, sent.length + 1);
      sent.push(stream.publish(subject, data, { headers, timeout: 20_000 }));
    }
    await sleep(TICK_MILLISECONDS);
  }
  const reached = (sent.length * 1_000) / (performance.now() - started);
  await Promise.all(sent);
  await connection.close();
  return reached;
}

async function receive({
  url,
  credentials,
  inboxPrefix,
  stream,
  consumer,
  apiPrefix,
}: Receiving): Promise<void> {
  const connection = await connect({
    servers: url,
    inboxPrefix,
    authenticator: credsAuthenticator(Buffer.from(credentials)),
    reconnect: false,
    noAsyncTraces: true,
  });
  const state: Received = { count: 0, lastAt: 0, closedAt: null };
  const own: number[] = [];
  receivers.set(consumer, state);
  places.set(consumer, own);
  void connection.closed().then(() => {
    state.closedAt = now();
  });
  const source = await jetstream(connection, { apiPrefix }).consumers.get(stream, consumer);
  const messages = await source.consume({ max_messages: 200 });
  void (async () => {
    for await (const message of messages) {
      own.push(message.seq);
      state.count = own.length;
      state.lastAt = now();
      message.ack();
    }
  })();
}

async function carryOut(command: LoadCommand): Promise<LoadAnswer['result']> {
  switch (command.kind) {
    case 'publish':
      finished = publish(command);
      return null;
    case 'receive':
      await receive(command.receiving);
      return null;
    case 'received':
      return receivers.get(command.consumer) ?? null;
    case 'places':
      return places.get(command.consumer) ?? null;
    case 'end':
      ending.abort();
      return finished;
  }
}

process.on('message', ({ number, command }: { number: number; command: LoadCommand }) => {
  carryOut(command).then(
    (result) => process.send?.({ number, result, error: null } satisfies LoadAnswer),
    (error: unknown) => process.send?.({ number, result: null, error: String(error) } satisfies LoadAnswer),
  );
});
