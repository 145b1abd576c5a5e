import { type ApiError, JetStreamApiError } from '@nats-io/jetstream';
import { type Bus, isNotFound } from '#libs/messaging';

const ANSWER_MILLISECONDS = 5_000;

interface ConsumerNames {
  /** One page of them. */
  consumers?: string[];
  total: number;
  error?: ApiError;
}

/**
 * Names of a stream's consumers; none when the service that fills the stream has not started yet. They are asked for by
 * name only, since nats-server 2.9 pays dearly for a list with their states: a consumer that was caught up when its
 * state was asked counts all subjects of its stream again at each message, until it once finds two of them waiting.
 */
export async function consumerNames({ connection }: Bus, stream: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for (let page = await ask(connection, stream, 0); ; page = await ask(connection, stream, names.length)) {
      const { consumers = [], total } = page;
      names.push(...consumers);
      if (consumers.length === 0 || names.length >= total) return names;
    }
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function ask(connection: Bus['connection'], stream: string, offset: number): Promise<ConsumerNames> {
  const answer = await connection.request(`$JS.API.CONSUMER.NAMES.${stream}`, JSON.stringify({ offset }), {
    timeout: ANSWER_MILLISECONDS,
  });
  const page = answer.json<ConsumerNames>();
  if (page.error) throw new JetStreamApiError(page.error);
  return page;
}
