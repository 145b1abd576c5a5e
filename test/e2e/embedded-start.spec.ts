import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PORT_OFFSETS } from '#libs/contracts';
import { freePortBase } from '../support/port-base.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START = join(ROOT, 'dist/deploy/embedded/start.js');
const TOKEN = join(ROOT, 'dist/deploy/embedded/token.js');

// A whole system comes up several times, on a machine that may be busy with other suites.
jest.setTimeout(180_000);

let environment: NodeJS.ProcessEnv;
let dataDir: string;
let launcher: ChildProcess | undefined;
/** What the launcher has written since its start. */
let output = '';

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 150_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Not within 150 s: ${what}\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @returns the address that the launcher tells */
async function start(): Promise<string> {
  output = '';
  const child = spawn(process.execPath, [START], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  launcher = child;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  await until('ready', () => /^ready .+\n/m.test(output) || child.exitCode !== null);
  const address = /^ready (.+)$/m.exec(output)?.[1];
  if (address === undefined) throw new Error(`The launcher ended:\n${output}`);
  return address;
}

/** Processes of this installation: all of them name the data folder, the launcher excepted. */
function processes(): number[] {
  const ours = (pid: string): boolean => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir);
    } catch {
      // Ended between the listing and the look.
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && ours(name))
    .map(Number);
}

function token(...args: string[]): string {
  const result = spawnSync(process.execPath, [TOKEN, ...args], { env: environment, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return result.stdout.trim();
}

async function call(
  offset: keyof typeof PORT_OFFSETS,
  path: string,
  bearer: string,
  body?: object,
): Promise<unknown> {
  const port = Number(environment['IOC_PORT_BASE']) + PORT_OFFSETS[offset];
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${bearer}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

beforeAll(async () => {
  if (!existsSync(START))
    throw new Error('This test runs the compiled programs. Run it by npm test, or first: npm run build');
  dataDir = mkdtempSync(join(tmpdir(), 'ioc-start-'));
  environment = { ...process.env, IOC_DATA_DIR: dataDir, IOC_PORT_BASE: String(await freePortBase()) };
});

afterAll(async () => {
  launcher?.kill('SIGKILL');
  for (const pid of processes()) process.kill(pid, 'SIGKILL');
  await until('everything gone', () => processes().length === 0);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('npm start, on the compiled programs', () => {
  it('comes up and opens the wall to whoever has its address', async () => {
    const address = await start();
    const wall = await fetch(address);
    expect(wall.status).toBe(200);
    expect(wall.headers.get('content-type')).toMatch(/text\/html/);
    const guessed = await fetch(
      address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      { redirect: 'manual' },
    );
    expect(guessed.headers.get('set-cookie')).toBeNull();
  });

  it('gives tokens that the services accept', async () => {
    const bearer = token('tasks:read', '--agency', 'VPUBND');
    expect(await call('tasks', '/v1/directives?limit=1', bearer)).toMatchObject({
      items: [expect.anything()],
    });
    expect(() => token('tasks:everything')).toThrow(/Unknown scope: tasks:everything/);
  });

  it('refuses a second start on the same data folder, and leaves the first one running', async () => {
    const second = spawnSync(process.execPath, [START], { env: environment, encoding: 'utf8' });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/already runs on .*IOC_DATA_DIR and IOC_PORT_BASE/);
    expect(
      await call('tasks', '/v1/directives?limit=1', token('tasks:read', '--agency', 'VPUBND')),
    ).toBeDefined();
  });

  it('loses nothing when everything is killed at once, and starts again', async () => {
    const bearer = token('tasks:assign', 'tasks:read', '--agency', 'VPUBND');
    const directive = {
      kind: 'letter',
      issuer: 'VPUBND',
      number: '1/UBND-KT',
      subject: 'Kiểm tra khởi động lại',
    };
    const { id } = (await call('tasks', '/v1/directives', bearer, directive)) as { id: string };
    launcher?.kill('SIGKILL');
    for (const pid of processes()) process.kill(pid, 'SIGKILL');
    await until('everything killed', () => processes().length === 0);

    await start();
    expect(output).not.toMatch(/is in use/);
    const again = token('tasks:read', '--agency', 'VPUBND');
    expect(await call('tasks', `/v1/directives/${id}`, again)).toMatchObject({
      id,
      subject: directive.subject,
    });
  });

  it('leaves no process behind when the launcher alone is killed', async () => {
    expect(processes().length).toBeGreaterThan(7);
    launcher?.kill('SIGKILL');
    await until('children gone', () => processes().length === 0);
  });

  it('stops in order on SIGTERM and leaves no process behind', async () => {
    await start();
    launcher?.kill('SIGTERM');
    await until('launcher gone', () => launcher?.exitCode !== null);
    expect(launcher?.exitCode).toBe(0);
    expect(output).toMatch(/Stopped\./);
    expect(processes()).toEqual([]);
    expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
    // A clean end: the next start of PostgreSQL has nothing to recover.
    expect(readFileSync(join(dataDir, 'logs/postgres.log'), 'utf8')).toMatch(
      /database system is shut down\n$/,
    );
  });
});
