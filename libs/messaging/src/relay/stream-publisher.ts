import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

const ACKNOWLEDGE_MILLISECONDS = 5_000;
/** Status of the answer when no stream takes the subject. */
const NO_RESPONDERS = 503;

interface Waiting {
  resolve: (streamSequence: number) => void;
  reject: (error: Error) => void;
  /** Time by which the broker must have answered, as `performance.now()`. */
  until: number;
}

/** What the broker answers to a message for a stream. */
interface Acknowledgement {
  seq: number;
  error?: { description: string };
}

/**
 * Publishes into a stream, any number of messages in flight. The client's own `publish` makes an error with its stack
 * trace and a timer for each message, which was a fifth of the processor time of a relay that drains a backlog; here
 * all answers come to one subscription, and one timer looks after all that are late.
 */
export class StreamPublisher {
  private readonly waiting = new Map<string, Waiting>();
  private readonly inbox: string;
  private published = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param inboxPrefix under which this user of the bus may subscribe */
  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix: string,
  ) {
    this.inbox = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.inbox}*`, {
      callback: (error, message) => {
        if (!error) this.settle(message);
      },
    });
  }

  /**
   * @returns the message's place in the stream; that of the first copy when the broker knew the message already
   * @throws Error when the broker refuses the message or does not answer within 5 s
   */
  publish(subject: string, data: string, headers: MsgHdrs): Promise<number> {
    this.published += 1;
    const token = this.published.toString(36);
    return new Promise((resolve, reject) => {
      this.connection.publish(subject, data, { headers, reply: this.inbox + token });
      this.waiting.set(token, { resolve, reject, until: performance.now() + ACKNOWLEDGE_MILLISECONDS });
      this.watchLate();
    });
  }

  private settle(message: Msg): void {
    const token = message.subject.slice(this.inbox.length);
    const waiting = this.waiting.get(token);
    if (!waiting) return;
    this.waiting.delete(token);
    if (message.headers?.code === NO_RESPONDERS) {
      waiting.reject(new Error('no stream takes this subject'));
      return;
    }
    const { seq, error } = message.json<Acknowledgement>();
    if (error) waiting.reject(new Error(error.description));
    else waiting.resolve(seq);
  }

  /** The oldest is the first to be late, and stands first. */
  private watchLate(): void {
    const [oldest] = this.waiting.values();
    if (!oldest || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.giveUpLate();
      this.watchLate();
    }, oldest.until - performance.now());
    this.timer.unref();
  }

  private giveUpLate(): void {
    const now = performance.now();
    for (const [token, { until, reject }] of this.waiting) {
      if (until > now) return;
      this.waiting.delete(token);
      reject(new Error('the broker has not answered in time'));
    }
  }
}
