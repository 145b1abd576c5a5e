import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly } from './run-quietly.js';
import { runsAsRoot } from './unprivileged.js';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of a Chromium for the tests of the wall; undefined when the machine has none. */
export function findChromium(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => PROGRAMS.map((name) => join(folder, name)))
    .find(isExecutable);
}

/** Installs Debian's package where this machine has no Chromium and we may; says what to do where we may not. */
export async function ensureChromium(say: (text: string) => void): Promise<void> {
  if (findChromium() !== undefined) return;
  const advice = 'The tests of the wall need Chromium. Install it: apt-get install chromium';
  if (!runsAsRoot()) {
    say(advice);
    return;
  }
  try {
    say("Installing Debian's Chromium for the tests of the wall …");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('apt-get', ['update', '-qq'], '/', { env });
    await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], '/', {
      env,
    });
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${advice}`);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not this one.
    return false;
  }
}
