import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, runStep } from './terminal.mjs';

const dist = join(root, 'dist');
const SOURCE_FOLDERS = ['apps', 'libs', 'deploy'];
const BUILD_FILES = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'deploy/embedded/build.mjs',
];
const COMPILER_STATE = 'dist/.services.tsbuildinfo';
/** What vite makes for browsers: `product` is a file that it writes, in the folder of the same name as the source. */
const PAGES = [
  {
    stamp: 'wall',
    step: 'Building the wall display',
    folder: join('apps', 'wall'),
    product: 'apps/wall/index.html',
  },
  {
    stamp: 'registry-pages',
    step: 'Building the pages of the exchange log',
    folder: join('apps', 'registry', 'pages'),
    product: 'apps/registry/pages/index.html',
  },
];

/** Compiles the services and the pages for browsers, each only when something it is made of has changed since. */
export async function build(node) {
  const services = SOURCE_FOLDERS.flatMap((folder) => filesIn(join(root, folder))).filter(
    (file) => !isOfPages(file),
  );
  await whenChanged('services', services, 'deploy/embedded/start.js', async () => {
    await runStep('Compiling the services', node, [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      ...['-p', 'tsconfig.build.json', '--incremental', '--tsBuildInfoFile', COMPILER_STATE],
    ]);
    removeOutputsWithoutSource();
  });
  const shared = filesIn(join(root, 'libs', 'contracts'));
  for (const { stamp, step, folder, product } of PAGES) {
    const source = join(root, folder);
    await whenChanged(stamp, [...filesIn(source), ...shared], product, () =>
      runStep(step, node, [
        join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
        ...['build', source, '--config', join(source, 'vite.config.ts'), '--logLevel', 'warn'],
      ]),
    );
  }
}

/** @param product a file that the work makes; without it the work is done whatever the stamp says */
async function whenChanged(name, files, product, work) {
  const stamp = join(dist, `.${name}.stamp`);
  const state = fingerprint(files);
  const made = existsSync(join(dist, product));
  if (made && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  rmSync(stamp, { force: true });
  // The compiler would write only what has changed since it last wrote.
  if (!made) rmSync(join(root, COMPILER_STATE), { force: true });
  await work();
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, state);
}

function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of [...files, ...BUILD_FILES.map((name) => join(root, name))].sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function isOfPages(file) {
  return PAGES.some(({ folder }) => file.startsWith(join(root, folder)));
}

/** A source file that was removed or renamed must not live on in the programs. */
function removeOutputsWithoutSource() {
  for (const folder of SOURCE_FOLDERS) {
    for (const file of filesIn(join(dist, folder))) {
      const source = join(root, relative(dist, file)).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(source) && !isOfPages(join(root, relative(dist, file)))) rmSync(file);
    }
  }
}
