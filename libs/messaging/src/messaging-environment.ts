import type { MessagingOptions } from './messaging-options.js';

type Tuning = Pick<MessagingOptions, 'maxDeliveries' | 'retryDelays' | 'relayPollMilliseconds'>;

/**
 * What may be tuned without code, the same in every process: `MESSAGING_MAX_DELIVERIES`, `MESSAGING_RETRY_DELAYS`
 * (milliseconds, separated by commas) and `MESSAGING_RELAY_POLL` (milliseconds). See MessagingOptions for the defaults.
 *
 * @throws Error naming the variable that is wrong
 */
export function tuningFromEnvironment(environment: NodeJS.ProcessEnv): Tuning {
  const tuning: Tuning = {};
  const deliveries = numbers(environment, 'MESSAGING_MAX_DELIVERIES');
  if (deliveries) tuning.maxDeliveries = deliveries[0];
  const delays = numbers(environment, 'MESSAGING_RETRY_DELAYS');
  if (delays) tuning.retryDelays = delays;
  const poll = numbers(environment, 'MESSAGING_RELAY_POLL');
  if (poll) tuning.relayPollMilliseconds = poll[0];
  return tuning;
}

function numbers(environment: NodeJS.ProcessEnv, name: string): number[] | null {
  const text = environment[name]?.trim();
  if (!text) return null;
  const values = text.split(',').map(Number);
  if (values.some((value) => !Number.isInteger(value) || value < 1 || value > 86_400_000)) {
    throw new Error(`${name} is "${text}"; set it to whole numbers from 1 to 86400000, separated by commas.`);
  }
  return values;
}
