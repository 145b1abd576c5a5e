import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Progress goes to standard error: standard output is for results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function stopWith(message) {
  say(message);
  process.exit(1);
}

/** Runs a command quietly, saying every ten seconds that it is still at work; shows what it wrote only when it fails. */
export async function runStep(title, command, args, options = {}) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  say(`${title} …`);
  const ticker = setInterval(() => say(`${title} … ${seconds()} s`), 10_000);
  let output = '';
  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
      child.stdout.on('data', (chunk) => (output += chunk));
      child.stderr.on('data', (chunk) => (output += chunk));
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`${title}: failed.\n${output.trim().split('\n').slice(-60).join('\n')}`);
  } finally {
    clearInterval(ticker);
  }
  say(`${title}: done in ${seconds()} s`);
}
