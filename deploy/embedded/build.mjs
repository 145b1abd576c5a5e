import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, runStep } from './terminal.mjs';

const dist = join(root, 'dist');
const SOURCE_FOLDERS = ['apps', 'libs', 'deploy'];
const BUILD_FILES = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'deploy/embedded/build.mjs'];
/** What the compiler does not carry over, and the programs read beside themselves. */
const DATA_FILE = /\.(json|sql|csv|txt|html|css|svg|woff2)$/;

/** Compiles the services and the wall, each only when something it is made of has changed since. */
export async function build(node) {
  const services = SOURCE_FOLDERS.flatMap((folder) => filesIn(join(root, folder))).filter((file) => !isOfWall(file));
  await whenChanged('services', services, async () => {
    await runStep('Compiling the services', node, [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      ...['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', 'dist/.services.tsbuildinfo'],
    ]);
    removeOutputsWithoutSource();
    copyData(services);
  });
  const wall = join(root, 'apps', 'wall');
  const config = ['vite.config.ts', 'vite.config.mts', 'vite.config.js'].map((name) => join(wall, name)).find(existsSync);
  if (!config) return;
  const sharedWithWall = filesIn(join(root, 'libs', 'contracts'));
  await whenChanged('wall', [...filesIn(wall), ...sharedWithWall], () =>
    runStep('Building the wall display', node, [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      ...['build', wall, '--config', config, '--logLevel', 'warn'],
    ]),
  );
}

async function whenChanged(name, files, work) {
  const stamp = join(dist, `.${name}.stamp`);
  const state = fingerprint(files);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, state);
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of [...files, ...BUILD_FILES.map((name) => join(root, name))].sort()) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function isOfWall(file) {
  return relative(root, file).startsWith(join('apps', 'wall'));
}

/** A source file that was removed or renamed must not live on in the programs. */
function removeOutputsWithoutSource() {
  for (const folder of SOURCE_FOLDERS) {
    for (const file of filesIn(join(dist, folder))) {
      const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(source) && !isOfWall(join(root, relative(dist, file)))) rmSync(file);
    }
  }
}

function copyData(files) {
  for (const file of files.filter((name) => DATA_FILE.test(name))) {
    const target = join(dist, relative(root, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}
