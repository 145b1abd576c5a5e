import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROCESSES } from '#libs/contracts';
import { keptOpenApi } from './kept-openapi.js';

/** Folder that holds `dist`, as for the processes that other specs start. */
const PROGRAMS = process.env['TEST_PROGRAMS'] ?? fileURLToPath(new URL('../..', import.meta.url));

// By the built program: compilers differ in what they tell the documentation about types. What the running services
// answer at /openapi.json is compared with the same files where every process is started: bad-tokens.spec.ts.
describe('the API documents that are checked in', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    const program = join(PROGRAMS, 'dist', 'deploy', 'openapi', 'write.js');
    await promisify(execFile)(process.execPath, [program, folder], { cwd: PROGRAMS });
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('are there for every process', async () => {
    expect((await readdir(folder)).sort()).toEqual([...PROCESSES].sort());
  });

  it.each(PROCESSES)(
    'apps/%s/openapi.json says what the code says; else run: npm run openapi',
    async (name) => {
      expect(keptOpenApi(name)).toEqual(
        JSON.parse(await readFile(join(folder, name, 'openapi.json'), 'utf8')),
      );
    },
  );
});
