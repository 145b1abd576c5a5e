import { fileURLToPath } from 'node:url';
import { Launcher } from './launcher.js';
import { whenOrphaned } from './orphaned.js';
import { readSettings } from './settings.js';
import { UserError } from './user-error.js';

/** Of the checkout; this file runs as dist/deploy/embedded/start.js. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** npm and the terminal may both pass on one Ctrl-C; signals this close together (milliseconds) are one. */
const SAME_SIGNAL = 1_000;

const started = performance.now();

async function main(): Promise<void> {
  const launcher = new Launcher(ROOT, readSettings(process.env, ROOT), say);
  let stoppedAt: number | undefined;
  const stop = (exitCode: number): void => {
    if (stoppedAt !== undefined) {
      if (performance.now() - stoppedAt < SAME_SIGNAL) return;
      say('Stopping at once.');
      launcher.kill();
      process.exit(1);
    }
    stoppedAt = performance.now();
    if (exitCode === 0) say('Stopping … (Ctrl-C again stops at once)');
    void launcher.stop().then(() => {
      if (exitCode === 0) say('Stopped.');
      process.exit(exitCode);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop(0);
    });
  }
  // Started by npm, this process is not to outlive it; started by hand, it may outlive its shell.
  if (process.env['npm_lifecycle_event'] === 'start') {
    whenOrphaned(() => {
      stop(0);
    });
  }
  try {
    const address = await launcher.start();
    say(
      `All services are up after ${((performance.now() - started) / 1000).toFixed(1)} s. Ctrl-C stops them.`,
    );
    process.stdout.write(`ready ${address}\n`);
  } catch (error) {
    // A start broken off by Ctrl-C fails in some way; that is no news.
    if (stoppedAt !== undefined) return;
    say(error instanceof UserError ? error.message : String(error instanceof Error ? error.stack : error));
    stop(1);
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

await main();
