import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { AccessEnded, endOf, type GrantAccess } from './grant-access.js';

const RECONNECT_MILLISECONDS = 1_000;
/** Credentials are renewed when half of the time that they have left is over, at least and at most after these times. */
const SOONEST_MILLISECONDS = 1_000;
const LATEST_MILLISECONDS = 20 * 86_400_000;
/** After the end of the credentials, when the registry did not answer. */
const ASK_AGAIN_MILLISECONDS = 10_000;

/**
 * Gets access with a later end, of the same key pair: `fetchGrantAccess` with the present one. What it gives may be kept
 * for the next start of the program.
 *
 * @throws AccessEnded when there is none to be had; after anything else it is asked again
 */
export type Renewal = (present: GrantAccess) => Promise<GrantAccess>;

/** A connection with the credentials that it was made with. */
export interface Session {
  readonly access: GrantAccess;
  readonly connection: NatsConnection;
  /** It stays open until all of this is done, also when another has taken its place. */
  readonly atWork: Set<Promise<unknown>>;
}

/**
 * The way to the bus, which outlives its credentials where they can be renewed: another connection with the new ones
 * takes the place of the present one, and what is at work on that one ends in peace.
 */
export class BusLink {
  /** Told what goes wrong with a renewal. */
  onTrouble: (error: Error) => void = () => undefined;
  private readonly stopping = new AbortController();
  /** Rejects with AccessEnded; resolves after {@link close}. */
  readonly ended: Promise<void>;
  private current: Promise<Session>;

  private constructor(
    session: Session,
    private readonly agency: string,
    private readonly renewal: Renewal | undefined,
  ) {
    this.current = Promise.resolve(session);
    this.ended = this.keep(session);
    // Whoever follows or publishes is told.
    this.ended.catch(() => undefined);
  }

  /** @throws AccessEnded when the credentials have ended and cannot be renewed; Error when no server can be reached */
  static async open(access: GrantAccess, agency: string, renewal?: Renewal): Promise<BusLink> {
    const isOver = renewal && endOf(access) <= Date.now();
    const session = await begin(isOver ? await renewal(access) : access, agency);
    return new BusLink(session, agency, renewal);
  }

  /** Work on one connection, once there is one with credentials that hold. @throws AccessEnded */
  async use<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const session = await this.current;
    const done = work(session);
    session.atWork.add(done);
    try {
      return await done;
    } finally {
      session.atWork.delete(done);
    }
  }

  /** After what is at work. */
  async close(): Promise<void> {
    this.stopping.abort();
    const session = await this.current.catch(() => null);
    if (session) await retire(session);
  }

  private async keep(first: Session): Promise<void> {
    for (let session = first; ;) {
      const end = await this.endOrRenewal(session);
      if (this.isStopped()) return;
      const next = this.next(session, end);
      // Whoever has work to do waits for it.
      if (end) this.current = next;
      const former = session;
      session = await next;
      this.current = next;
      if (session !== former) void retire(former).catch(this.onTrouble);
      if (this.isStopped()) await retire(session);
    }
  }

  /** @returns why the broker ended the connection; null when it is time to ask for a renewal */
  private async endOrRenewal({ access, connection }: Session): Promise<Error | null> {
    const ended = connection.closed().then((reason) => reason ?? new Error('closed'));
    const left = endOf(access) - Date.now();
    if (!this.renewal || left <= 0) return ended;
    const answered = new AbortController();
    const wait = Math.min(Math.max(left / 2, SOONEST_MILLISECONDS), LATEST_MILLISECONDS);
    const due = sleep(wait, null, { signal: answered.signal });
    due.catch(() => undefined);
    return Promise.race([ended, due]).finally(() => {
      answered.abort();
    });
  }

  /**
   * @param end of the session; null: it still holds, and goes on when there is nothing better
   * @throws AccessEnded
   */
  private async next(session: Session, end: Error | null): Promise<Session> {
    for (;;) {
      try {
        if (!this.renewal) throw new AccessEnded(end?.message, { cause: end });
        const access = await this.renewal(session.access);
        if (!end && endOf(access) <= endOf(session.access)) return session;
        return await begin(access, this.agency);
      } catch (error) {
        if (end && error instanceof AccessEnded) throw error;
        this.onTrouble(error as Error);
        if (!end) return session;
      }
      await sleep(ASK_AGAIN_MILLISECONDS, null, { signal: this.stopping.signal });
    }
  }

  private isStopped(): boolean {
    return this.stopping.signal.aborted;
  }
}

async function begin(access: GrantAccess, agency: string): Promise<Session> {
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
  return { access, connection, atWork: new Set() };
}

/** Closes it after what is at work on it, and what takes it up just now. */
async function retire({ connection, atWork }: Session): Promise<void> {
  await turn();
  await Promise.allSettled(atWork);
  // What was acknowledged last may still wait in the client.
  if (!connection.isClosed() && !connection.isDraining()) await connection.drain();
}
