// First lines of `npm start`, `npm test`, `npm run build` and `npm run token`: makes the checkout ready, then hands over to
// the compiled program on Node 24. Plain JavaScript without packages, since nothing may be installed yet.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { root, say, stopWith } from './terminal.mjs';

/** The launcher only waits; without these its heap would grow as if it had much to do. */
const LAUNCHER_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=64', '--disable-warning=ExperimentalWarning'];
const [command, ...args] = process.argv.slice(2);
const programs = { start: 'start.js', test: 'test-run.js', token: 'token.js' };
const dist = join(root, 'dist', 'deploy', 'embedded');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stopWith(`Node.js ${process.versions.node} is too old. Install Node.js 20.19 or newer (https://nodejs.org), then run this again.`);
}

if (command === 'token') {
  if (!existsSync(join(dist, programs.token))) stopWith('The system has not been started here yet. Run: npm start');
} else {
  try {
    const node = await install();
    await build(node);
  } catch (error) {
    stopWith(error.message);
  }
}
if (programs[command]) await handOver(join(dist, programs[command]));

/** On Node 24 the program takes the place of this process: a waiting one would only cost memory. */
async function handOver(program) {
  if (major >= 24 && process.execve) {
    process.execve(process.execPath, [process.execPath, ...LAUNCHER_FLAGS, program, ...args], process.env);
  }
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(node, [...LAUNCHER_FLAGS, program, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], cwd: root });
  // The terminal signals the child too; the launcher takes signals that come together as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A killed npm leaves this process to another parent.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 1_000).unref();
  child.on('error', (error) => stopWith(`Cannot run ${node}: ${error.message}. Remove the folder node_modules and try again.`));
  child.on('exit', (code, signal) => {
    if (signal) say(`ended by ${signal}`);
    process.exitCode = code ?? 1;
  });
}
