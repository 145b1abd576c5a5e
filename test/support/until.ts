import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds; fails with its last error or answer after the time. */
export async function until(condition: () => unknown, milliseconds = 20_000): Promise<void> {
  const end = performance.now() + milliseconds;
  let last: unknown;
  for (;;) {
    try {
      last = await condition();
      if (last) return;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`the condition did not hold within ${milliseconds} ms; last: ${String(last)}`);
    }
    await sleep(5);
  }
}
