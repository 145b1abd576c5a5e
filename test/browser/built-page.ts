import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface BuiltPage {
  folder: string;
  remove(): Promise<void>;
}

/** Builds the wall from its present source into a folder of its own: what is tested is never an old build. */
export function buildWall(): Promise<BuiltPage> {
  return buildPage('apps/wall');
}

/** Builds the pages of the exchange log in the same way. */
export function buildLogPages(): Promise<BuiltPage> {
  return buildPage('apps/registry/pages');
}

async function buildPage(source: string): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), 'ioc-page-'));
  await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      join(ROOT, source, 'vite.config.ts'),
      '--outDir',
      folder,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
    // Jest sets its own NODE_ENV; a build for people is a production build.
    { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
