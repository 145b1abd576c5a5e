import { readFile } from 'node:fs/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { ReadinessCheck } from '#libs/contracts';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging-options.js';
import { StreamPublisher } from '../relay/stream-publisher.js';

const RETRY_MILLISECONDS = 500;

/** What a user of the bus holds while the connection is up. */
export interface Bus {
  connection: NatsConnection;
  jetstream: JetStreamClient;
  manager: JetStreamManager;
  /** For events; what is rare goes by `jetstream`. */
  publisher: StreamPublisher;
  /** Aborts when the connection breaks: nothing that was asked before is answered any more. */
  broken: AbortSignal;
}

/** Plain (not persistent) messages that this process listens for. */
export interface PlainSubscription {
  subject: string;
  /** Replicas that share a queue share the messages. */
  queue?: string;
  receive: (message: Msg) => void;
}

/**
 * The one connection of this process to the broker. It is made in the background and kept for ever: a service starts,
 * and accepts changes, while the broker is away; what it accepted waits in the outbox.
 */
@Injectable()
export class BusConnection implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Bus');
  private bus: Bus | null = null;
  private ending = false;
  private stopped = false;
  private up = false;
  private breaking = new AbortController();
  private waiting: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly subscriptions: PlainSubscription[] = [];

  constructor(@Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions) {}

  onModuleInit(): void {
    void this.keepConnected();
  }

  /** What is at work may finish over a bus that is there, but nobody waits any more for one that is not. */
  beforeApplicationShutdown(): void {
    this.ending = true;
    this.release();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (!this.bus) return;
    const { connection, broken } = this.bus;
    // What still waits in the client, such as answers to messages. drain() would wait for a broker that is away.
    if (this.up) {
      const breaks = new Promise((resolve) => {
        broken.addEventListener('abort', resolve);
      });
      await Promise.race([connection.flush().catch(() => undefined), breaks]);
    }
    await connection.close();
  }

  /** True while messages really leave this process. */
  get connected(): boolean {
    return this.up;
  }

  /** Resolves as soon as the connection is up; rejects when the process ends before that. */
  async whenConnected(): Promise<Bus> {
    while (!this.up || !this.bus) {
      if (this.ending) throw new Error('the bus is away and the process ends');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.bus;
  }

  /** Calls back each time the connection comes up, the first time too. */
  onConnected(listener: () => void): void {
    this.listeners.add(listener);
    if (this.up) listener();
  }

  /** Listens on this connection and on every later one. */
  subscribe(subscription: PlainSubscription): void {
    this.subscriptions.push(subscription);
    if (this.bus) listen(this.bus.connection, subscription);
  }

  private async keepConnected(): Promise<void> {
    while (!this.isStopped()) {
      try {
        await this.connectOnce();
      } catch (error) {
        this.logger.warn(`no connection to the bus: ${(error as Error).message}`);
      }
      this.up = false;
      if (!this.isStopped()) await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }

  /** Returns when the connection has closed for good; while it merely breaks, the client reconnects by itself. */
  private async connectOnce(): Promise<void> {
    const { url, credentialsFile } = this.options.nats;
    const inboxPrefix = `_INBOX.${this.options.process}`;
    const connection = await connect({
      servers: url.split(','),
      name: this.options.process,
      inboxPrefix,
      ...(credentialsFile && { authenticator: credsAuthenticator(await readFile(credentialsFile)) }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: RETRY_MILLISECONDS,
      reconnectJitter: 200,
      ignoreAuthErrorAbort: true,
      // A dead link is noticed after two missed answers.
      pingInterval: 5_000,
      maxPingOut: 2,
      // Twice the publishing speed: no stack trace is taken for each request.
      noAsyncTraces: true,
      // A broker may offer TLS for clients outside, with a certificate that does not know its name in here.
      ...(!url.includes('tls://') && { tls: null }),
    });
    if (this.stopped) return connection.close();
    const manager = await jetstreamManager(connection, { checkAPI: false });
    this.bus = {
      connection,
      jetstream: jetstream(connection),
      manager,
      publisher: new StreamPublisher(connection, inboxPrefix),
      broken: this.breaking.signal,
    };
    for (const subscription of this.subscriptions) listen(connection, subscription);
    this.announce();
    void this.watch(connection);
    const reason = await connection.closed();
    if (reason) throw reason;
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        this.noteBreak();
        if (!this.stopped) this.logger.warn('the bus is away; changes wait in the outbox');
      } else if (status.type === 'reconnect') {
        this.logger.log('the bus is back');
        this.announce();
      } else if (status.type === 'error') {
        this.logger.warn(`bus: ${status.error.message}`);
      }
    }
  }

  private noteBreak(): void {
    this.up = false;
    this.breaking.abort();
    this.breaking = new AbortController();
    if (this.bus) this.bus = { ...this.bus, broken: this.breaking.signal };
    if (this.ending) this.release();
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private announce(): void {
    this.up = true;
    this.release();
    for (const listener of this.listeners) listener();
  }

  private release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function listen(connection: NatsConnection, { subject, queue, receive }: PlainSubscription): void {
  connection.subscribe(subject, {
    queue,
    callback: (error, message) => {
      if (!error) receive(message);
    },
  });
}

@Injectable()
export class BusReadiness extends ReadinessCheck {
  readonly name = 'bus';

  constructor(private readonly bus: BusConnection) {
    super();
  }

  async check(): Promise<void> {
    if (!this.bus.connected) throw new Error('not connected');
    const { connection } = await this.bus.whenConnected();
    await connection.flush();
  }
}
