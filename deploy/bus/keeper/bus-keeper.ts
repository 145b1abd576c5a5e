import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { DENIAL_SUBJECT, REVOCATION_SUBJECT, UNKNOWN_BUS_USER } from '#libs/contracts';
import type { BusDenial, RevocationAnswer, RevocationRequest } from '#libs/contracts';
import { AccountKeeper } from './account-keeper.js';
import { DenialSummary } from './denial-summary.js';
import { deniedAttempt } from './denied-line.js';
import { LogFollower } from './log-follower.js';

export interface BusKeeperOptions {
  /** `nats://host:port` */
  url: string;
  /** Keys and accounts; `credentials/keeper.creds` and `credentials/system.creds` in it. */
  folder: string;
  /** The broker's log. */
  logFile: string;
  say: (text: string) => void;
}

const FAILED_LOGINS = '$SYS.SERVER.*.CLIENT.AUTH.ERR';
/** Milliseconds between two looks at the log. */
const LOOK_EVERY = 250;
/** Milliseconds until the next try when the bus does not answer. */
const RETRY_AFTER = 1_000;

/**
 * The one process besides an administrator that may change accounts on the broker. It revokes users of agencies when
 * the registry asks, keeps the accounts on the broker as they are written, and tells the registry what was denied.
 */
export class BusKeeper {
  private readonly stopping = new AbortController();
  private logins = new DenialSummary();
  private working: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: BusKeeperOptions,
    private readonly system: NatsConnection,
    private readonly ioc: NatsConnection,
    private readonly accounts: AccountKeeper,
    private readonly log: LogFollower,
  ) {}

  static async start(options: BusKeeperOptions): Promise<BusKeeper> {
    const { folder } = options;
    const [system, ioc] = await Promise.all([open(options, 'system'), open(options, 'keeper')]);
    const log = new LogFollower(options.logFile, join(folder, 'keeper-log-place.json'));
    const keeper = new BusKeeper(options, system, ioc, new AccountKeeper(folder, system), log);
    keeper.listen();
    keeper.working = keeper.work();
    return keeper;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.system.close(), this.ioc.close()]);
    await this.working;
  }

  private listen(): void {
    void this.tellAccounts();
    void this.watchReconnects();
    this.system.subscribe(FAILED_LOGINS, {
      callback: (error, message) => {
        if (!error)
          this.logins.add({ user: userOf(message), kind: 'login', subject: null, count: 1, at: now() });
      },
    });
    this.ioc.subscribe(REVOCATION_SUBJECT, {
      callback: (error, message) => {
        if (!error) void this.answer(message);
      },
    });
  }

  private async answer(message: Msg): Promise<void> {
    const answer: RevocationAnswer = { error: null };
    try {
      const { publicKeys } = message.json<RevocationRequest>();
      await this.accounts.revoke(publicKeys, Math.floor(Date.now() / 1_000));
    } catch (error) {
      answer.error = (error as Error).message;
      this.options.say(`Revoking users of the bus failed: ${answer.error}`);
    }
    message.respond(JSON.stringify(answer));
  }

  private async watchReconnects(): Promise<void> {
    for await (const { type } of this.system.status()) {
      if (type === 'disconnect') this.accounts.disconnected();
      if (type === 'reconnect') void this.tellAccounts();
    }
  }

  private async tellAccounts(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.accounts.tellAll();
        return;
      } catch (error) {
        if (this.system.isClosed()) return;
        this.options.say(`The bus does not take its accounts: ${(error as Error).message}`);
        await this.pause(RETRY_AFTER);
      }
    }
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.tellDenials();
        await this.pause(LOOK_EVERY);
      } catch {
        // The bus or the stream is away: the same lines are read again, the same logins told again.
        await this.pause(RETRY_AFTER);
      }
    }
  }

  private async tellDenials(): Promise<void> {
    const logins = this.logins;
    this.logins = new DenialSummary();
    try {
      await this.publish(logins.all, `logins-${performance.timeOrigin + performance.now()}`);
    } catch (error) {
      for (const denial of logins.all) this.logins.add(denial);
      throw error;
    }
    for (let part = this.log.next(); part && !this.stopping.signal.aborted; part = this.log.next()) {
      const summary = new DenialSummary();
      for (const line of part.lines) {
        const attempt = deniedAttempt(line);
        if (attempt) summary.add({ ...attempt, count: 1, at: now() });
      }
      await this.publish(summary.all, part.name);
      part.done();
    }
  }

  /** @param name the same for the same denials: told twice within the stream's window they count once */
  private async publish(denials: readonly BusDenial[], name: string): Promise<void> {
    const bus = jetstream(this.ioc);
    await Promise.all(
      denials.map((denial, index) =>
        bus.publish(`${DENIAL_SUBJECT}.${denial.user ?? UNKNOWN_BUS_USER}`, JSON.stringify(denial), {
          msgID: `${name}-${index}`,
        }),
      ),
    );
  }

  private async pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

function open({ url, folder }: BusKeeperOptions, user: 'system' | 'keeper'): Promise<NatsConnection> {
  return connect({
    servers: url,
    name: 'keeper',
    authenticator: credsAuthenticator(readFileSync(join(folder, 'credentials', `${user}.creds`))),
    inboxPrefix: '_INBOX.keeper',
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    ignoreAuthErrorAbort: true,
    waitOnFirstConnect: true,
    noAsyncTraces: true,
    // As the services do: the broker's certificate is for clients outside.
    ...(!url.includes('tls://') && { tls: null }),
  });
}

/** Public key that a client showed whose login failed. */
function userOf(message: Msg): string | null {
  const { client } = message.json<{ client?: { user?: string } }>();
  return client?.user !== undefined && /^U[A-Z2-7]{55}$/.test(client.user) ? client.user : null;
}

function now(): string {
  return new Date().toISOString();
}
