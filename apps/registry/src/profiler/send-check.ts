import { createHash } from 'node:crypto';
import type { CheckContent } from '../quality/check-figures.js';
import { ProfileError } from './profile-plan.js';

const ANSWER_MILLISECONDS = 30_000;

/**
 * Sends results to the registry. The same results can be sent again: they are recorded once.
 *
 * @param url of `POST /v1/databases/{id}/quality-checks`
 * @throws ProfileError with what the registry said
 */
export async function sendCheck(url: string, token: string, content: CheckContent): Promise<void> {
  const body = JSON.stringify(content);
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': createHash('sha256').update(body).digest('hex'),
    },
    body,
    signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
  }).catch((error: unknown) => {
    throw new ProfileError(`the registry at ${url} could not be reached: ${reasonOf(error)}`);
  });
  if (!answer.ok) throw new ProfileError(`the registry answered ${answer.status}: ${await answer.text()}`);
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
