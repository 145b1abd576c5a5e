import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after the time or when the signal aborts, whichever is first. */
export async function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
