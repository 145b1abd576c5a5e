import type { BusDenial } from '#libs/contracts';

export type DeniedAttempt = Pick<BusDenial, 'user' | 'kind' | 'subject'>;

const VIOLATION = /\[ERR\] .*\b(Publish|Subscription) Violation - (.*)$/;
/** `Nkey "U…"` up to 2.11, `"A…/AGENCIES/nkey:U…" - Publish Violation` in newer ones. */
const USER = /(?:Nkey "|nkey:)(U[A-Z2-7]{55})"/;
const SUBJECT = /Subject ("(?:[^"\\]|\\.)*")/;

/**
 * What a line of the broker's log says was denied; null for every other line. The broker tells of a violation nowhere
 * else but to the client itself. Failed logins it also publishes, with the key, so they are not read from here.
 */
export function deniedAttempt(line: string): DeniedAttempt | null {
  const violation = VIOLATION.exec(line);
  if (!violation) return null;
  const [, action, rest] = violation;
  return {
    user: USER.exec(line)?.[1] ?? null,
    kind: action === 'Publish' ? 'publish' : 'subscribe',
    subject: unquoted(SUBJECT.exec(rest ?? '')?.[1]),
  };
}

/** Text in the quotes of Go, whose escapes are JSON's but for bytes that are no text. */
function unquoted(quoted: string | undefined): string | null {
  if (quoted === undefined) return null;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
