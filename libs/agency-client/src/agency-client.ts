import { jetstream, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { connect, credsAuthenticator, headers, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import type { GrantAccess } from './grant-access.js';
import { type SharedEvent, toSharedEvent } from './shared-event.js';

const RECONNECT_MILLISECONDS = 1_000;
/** A batch that failed comes again after this time. */
const RETRY_MILLISECONDS = 1_000;
/** Far below the time after which the broker sends again what was not acknowledged. */
const STILL_WORKING_MILLISECONDS = 10_000;

/** Takes events over; what it resolves for is acknowledged, what it rejects for comes again. */
export type SharedEventHandler<State extends object> = (
  events: readonly SharedEvent<State>[],
) => Promise<void>;

export interface FollowOptions {
  /** Most events handed over at once; default 200. */
  batch?: number;
  /** Told what goes wrong meanwhile: a handler that failed, a link that broke. Default: nobody. */
  onTrouble?: (error: Error) => void;
  /** Called once, as soon as the state of everything granted has been handed over and only news is left. */
  onCaughtUp?: () => void;
}

/** The grant is withdrawn, suspended or over, or its credentials were replaced. Ask the registry which. */
export class AccessEnded extends Error {}

/** A record of an own dataset, to be published. */
export interface OwnRecord {
  /** Code of the dataset, as registered. */
  dataset: string;
  /** Identifier of the record within the dataset: letters, digits, `-` and `_`. */
  recordId: string;
  /** Version of the record: 1, 2, 3 … */
  sequence: number;
  /** The record's whole state. */
  state: object;
  /** Names of the fields that changed; empty for a new record. */
  changed?: readonly string[];
}

/**
 * An agency's connection to the bus by one grant: first the current state of everything granted, then every change,
 * at least once each and in order for each record. Where it stopped is remembered by the broker, so that a program that
 * was away, or crashed, goes on where it was.
 */
export class AgencyClient {
  private messages: ConsumerMessages | null = null;
  private stopped = false;

  private constructor(
    private readonly access: GrantAccess,
    private readonly agency: string,
    private readonly connection: NatsConnection,
  ) {}

  /** @param agency own code, for the source of what is published. @throws Error when no server can be reached */
  static async connect(access: GrantAccess, agency: string): Promise<AgencyClient> {
    const { servers, inboxPrefix } = access.connection;
    const connection = await connect({
      servers,
      inboxPrefix,
      authenticator: credsAuthenticator(new TextEncoder().encode(access.credentials)),
      name: agency,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_MILLISECONDS,
      noAsyncTraces: true,
    });
    return new AgencyClient(access, agency, connection);
  }

  /**
   * Hands over state and changes until {@link close} is called.
   *
   * @throws AccessEnded when the broker ends the access
   */
  async follow<State extends object>(
    handle: SharedEventHandler<State>,
    options: FollowOptions = {},
  ): Promise<void> {
    const { stream, consumer, apiPrefix } = this.access.connection;
    const source = await jetstream(this.connection, { apiPrefix }).consumers.get(stream, consumer);
    try {
      await Promise.race([this.consume(source, handle, options), this.untilClosed()]);
    } catch (error) {
      if (!this.isStopped()) throw new AccessEnded((error as Error).message, { cause: error });
    }
  }

  /**
   * Publishes a record of an own dataset. Resolves when it is safely received; the registry then checks it against the
   * dataset's schema and passes it on.
   *
   * @throws Error when the broker refuses it or does not answer: publish it again, the same version counts once
   */
  async publish({ dataset, recordId, sequence, state, changed = [] }: OwnRecord): Promise<void> {
    const head = headers();
    const id = uuidv7();
    const type = `vn.ioc.agencies.${dataset}.changed.v1`;
    const values = {
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': `/agencies/${this.agency.toLowerCase()}`,
      'ce-type': type,
      'ce-subject': recordId,
      'ce-time': new Date().toISOString(),
      'ce-dataschema': `urn:ioc:schema:${type}`,
      'ce-sequence': String(sequence),
      'content-type': 'application/json',
      'Nats-Msg-Id': id,
    };
    for (const [name, value] of Object.entries(values)) head.append(name, value);
    const data = JSON.stringify({ ...state, changed });
    const answer = await this.connection.request(`intake.agencies.${dataset}.${recordId}`, data, {
      headers: head,
      timeout: 5_000,
    });
    const { error } = answer.json<{ error?: { description: string } }>();
    if (error) throw new Error(error.description);
  }

  /** Ends `follow` after the batch at work, and the connection. */
  async close(): Promise<void> {
    this.stopped = true;
    await this.messages?.close();
    // What was acknowledged last may still wait in the client.
    if (!this.connection.isClosed()) await this.connection.drain();
  }

  private async consume<State extends object>(
    source: Consumer,
    handle: SharedEventHandler<State>,
    { batch = 200, onTrouble, onCaughtUp }: FollowOptions,
  ): Promise<void> {
    const messages = await source.consume({ max_messages: batch, abort_on_missing_resource: true });
    this.messages = messages;
    let caughtUp = false;
    const noteCaughtUp = (): void => {
      if (!caughtUp) onCaughtUp?.();
      caughtUp = true;
    };
    // As it was found at the beginning: to ask a consumer that is caught up slows nats-server 2.9 down.
    if ((await source.info(true)).num_pending === 0) noteCaughtUp();
    for await (const gathered of batches(messages, batch)) {
      const isDone = await settle(gathered, handle, onTrouble);
      if (isDone && gathered.at(-1)!.info.pending === 0) noteCaughtUp();
    }
  }

  private async untilClosed(): Promise<void> {
    const reason = await this.connection.closed();
    if (reason) throw reason;
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}

/** What has arrived while the batch before was at work goes together. */
async function* batches(messages: ConsumerMessages, most: number): AsyncGenerator<JsMsg[]> {
  const iterator = messages[Symbol.asyncIterator]();
  const pull = (): Promise<IteratorResult<JsMsg, undefined>> => {
    const pulled = iterator.next() as Promise<IteratorResult<JsMsg, undefined>>;
    // Should it fail while a batch is at work, that is told when the next batch is asked for.
    pulled.catch(() => undefined);
    return pulled;
  };
  let next = pull();
  for (;;) {
    const first = await next;
    if (first.done) return;
    const gathered = [first.value];
    next = pull();
    while (gathered.length < most) {
      const more = await Promise.race([next, nothingYet()]);
      if (more === null || more.done) break;
      gathered.push(more.value);
      next = pull();
    }
    yield gathered;
  }
}

function nothingYet(): Promise<null> {
  return new Promise((resolve) => {
    setImmediate(resolve, null);
  });
}

/** @returns whether everything was taken over */
async function settle<State extends object>(
  messages: readonly JsMsg[],
  handle: SharedEventHandler<State>,
  onTrouble: FollowOptions['onTrouble'],
): Promise<boolean> {
  const stillWorking = setInterval(() => {
    for (const message of messages) message.working();
  }, STILL_WORKING_MILLISECONDS);
  try {
    await handle(messages.map(toSharedEvent<State>));
    for (const message of messages) message.ack();
    return true;
  } catch (error) {
    onTrouble?.(error as Error);
    for (const message of messages) message.nak(RETRY_MILLISECONDS);
    return false;
  } finally {
    clearInterval(stillWorking);
  }
}
