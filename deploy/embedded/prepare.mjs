// First step of `npm start`, `npm test` and `npm run build`: makes a fresh or changed checkout ready to run. Plain
// JavaScript without packages, since nothing may be installed yet; the next step of those scripts runs on Node 24.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { root, stopWith } from './terminal.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stopWith(
    `Node.js ${process.versions.node} is too old. Install Node.js 20.19 or newer (https://nodejs.org), then run this again.`,
  );
}

if (process.argv.includes('--only-check')) {
  if (!existsSync(join(root, 'dist/deploy/embedded/start.js'))) {
    stopWith('The system has not been started here yet. Run: npm start');
  }
} else {
  try {
    await build(await install());
  } catch (error) {
    stopWith(error.message);
  }
}
