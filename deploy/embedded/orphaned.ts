/** Milliseconds between two looks at who the parent is. */
const INTERVAL = 1_000;

/**
 * Calls back once when the parent process has ended without a word, so that `kill -9` of npm does not leave the whole
 * system running unseen.
 */
export function whenOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, INTERVAL);
  timer.unref();
}
