import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConsumerInfo,
  type ConsumerMessages,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type JsMsg,
} from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { BusLink, type Renewal, type Session } from './bus-link.js';
import { AccessEnded, endOf, type GrantAccess } from './grant-access.js';
import { type SharedEvent, toSharedEvent } from './shared-event.js';

/** A batch that failed comes again after this time. */
const RETRY_MILLISECONDS = 1_000;
/** Far below the time after which the broker sends again what was not acknowledged. */
const STILL_WORKING_MILLISECONDS = 10_000;
/** For how long the broker is asked for events at a time: between two times other credentials can take over. */
const PULL_MILLISECONDS = { least: 2_000, most: 30_000 };

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

export interface ConnectOptions {
  /** Asked well before the credentials end, and when they have ended; left out: the access ends with them. */
  renew?: Renewal;
}

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
    private readonly link: BusLink,
    private readonly agency: string,
  ) {}

  /**
   * @param agency own code, for the source of what is published
   * @throws AccessEnded when there is no renewal of credentials that are over; Error when no server can be reached
   */
  static async connect(
    access: GrantAccess,
    agency: string,
    { renew }: ConnectOptions = {},
  ): Promise<AgencyClient> {
    return new AgencyClient(await BusLink.open(access, agency, renew), agency);
  }

  /**
   * Hands over state and changes until {@link close} is called.
   *
   * @throws AccessEnded when the broker ends the access, and the registry renews it no more
   */
  async follow<State extends object>(
    handle: SharedEventHandler<State>,
    options: FollowOptions = {},
  ): Promise<void> {
    if (options.onTrouble) this.link.onTrouble = options.onTrouble;
    const source = await this.link.use(findConsumer);
    try {
      await Promise.race([this.pullAll(source, handle, options), this.link.ended]);
    } catch (error) {
      if (!this.isStopped()) throw error;
    }
  }

  /**
   * Publishes a record of an own dataset. Resolves when it is safely received; the registry then checks it against the
   * dataset's schema and passes it on.
   *
   * @throws AccessEnded as {@link follow}; Error when the broker refuses it or does not answer: publish it again, the
   *   same version counts once
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
    const answer = await this.link.use(({ connection }) =>
      connection.request(`intake.agencies.${dataset}.${recordId}`, data, { headers: head, timeout: 5_000 }),
    );
    const { error } = answer.json<{ error?: { description: string } }>();
    if (error) throw new Error(error.description);
  }

  /** Ends `follow` after the batch at work, and the connection; a handler must not wait for it. */
  async close(): Promise<void> {
    this.stopped = true;
    void this.messages?.close();
    await this.link.close();
  }

  private async pullAll<State extends object>(
    first: ConsumerInfo,
    handle: SharedEventHandler<State>,
    options: FollowOptions,
  ): Promise<void> {
    let source = first;
    let caughtUp = false;
    const noteCaughtUp = (): void => {
      if (!caughtUp) options.onCaughtUp?.();
      caughtUp = true;
    };
    // As it was found at the beginning: to ask a consumer that is caught up slows nats-server 2.9 down.
    if (source.num_pending === 0) noteCaughtUp();
    while (!this.isStopped()) {
      try {
        await this.link.use((session) => this.pull(session, source, handle, options, noteCaughtUp));
      } catch (error) {
        if (this.isStopped() || error instanceof AccessEnded) throw error;
        options.onTrouble?.(error as Error);
        await sleep(RETRY_MILLISECONDS);
        source = await this.link.use(findConsumer).catch(keepUnlessGone(source));
      }
    }
  }

  /** What comes until the time is over: then nothing is on its way any more. */
  private async pull<State extends object>(
    { access, connection }: Session,
    source: ConsumerInfo,
    handle: SharedEventHandler<State>,
    { batch = 200, onTrouble }: FollowOptions,
    noteCaughtUp: () => void,
  ): Promise<void> {
    const { apiPrefix } = access.connection;
    const { least, most } = PULL_MILLISECONDS;
    const quarter = Math.round((endOf(access) - Date.now()) / 4);
    const expires = Math.min(Math.max(quarter, least), most);
    const consumer = jetstream(connection, { apiPrefix }).consumers.getConsumerFromInfo(source);
    const messages = await consumer.fetch({ max_messages: batch, expires });
    this.messages = messages;
    if (this.isStopped()) void messages.close();
    for await (const gathered of batches(messages, batch)) {
      const isDone = await settle(gathered, handle, onTrouble);
      if (isDone && gathered.at(-1)!.info.pending === 0) noteCaughtUp();
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}

async function findConsumer({ access, connection }: Session): Promise<ConsumerInfo> {
  const { stream, consumer, apiPrefix } = access.connection;
  return (await jetstream(connection, { apiPrefix }).consumers.get(stream, consumer)).info(true);
}

/** A broker that does not answer is asked again; a consumer that is gone was taken away. */
function keepUnlessGone(source: ConsumerInfo): (error: Error) => ConsumerInfo {
  const gone: number[] = [JetStreamApiCodes.ConsumerNotFound, JetStreamApiCodes.StreamNotFound];
  return (error) => {
    const isGone = error instanceof JetStreamApiError && gone.includes(error.code);
    if (isGone) throw new AccessEnded(error.message, { cause: error });
    if (error instanceof AccessEnded) throw error;
    return source;
  };
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
