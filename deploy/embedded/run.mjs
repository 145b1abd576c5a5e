// First lines of `npm start`, `npm test`, `npm run build` and `npm run token`: makes the checkout ready, then hands over to
// the compiled program on Node 24. Plain JavaScript without packages, since nothing may be installed yet.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { root, say, stopWith } from './terminal.mjs';

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

/** On Node 24 the program runs in this very process, which saves the memory of a second one. */
async function handOver(program) {
  if (major >= 24) {
    process.argv = [process.argv[0], program, ...args];
    await import(pathToFileURL(program).href);
    return;
  }
  const node = join(root, 'node_modules', '.bin', 'node');
  const child = spawn(node, [program, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], cwd: root });
  // The terminal signals the child too; the launcher takes signals that come together as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stopWith(`Cannot run ${node}: ${error.message}. Remove the folder node_modules and try again.`));
  child.on('exit', (code, signal) => {
    if (signal) say(`ended by ${signal}`);
    process.exitCode = code ?? 1;
  });
}
