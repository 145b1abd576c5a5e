import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from './free-port.js';
import { startPostgres } from './postgres.js';
import type { Postgres } from './postgres.js';

let folder: string;
let port: number;
const running: Postgres[] = [];

async function start(): Promise<Postgres> {
  const postgres = await startPostgres({
    dataDir: join(folder, 'cluster'),
    port,
    logFile: join(folder, 'postgres.log'),
  });
  running.push(postgres);
  return postgres;
}

async function query(postgres: Postgres, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

async function killNow(postgres: Postgres): Promise<void> {
  process.kill(postgres.process.pid, 'SIGKILL');
  await postgres.process.ended;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-postgres-'));
  port = await freePort();
  const postgres = await start();
  await query(postgres, 'CREATE TABLE kept AS SELECT 42 AS answer');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('startPostgres', () => {
  it('is durable, listens to this machine only and keeps its password from other users', async () => {
    const postgres = await start();
    const settings = "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings";
    expect(
      await query(
        postgres,
        `${settings} WHERE name IN ('fsync', 'listen_addresses', 'unix_socket_directories')`,
      ),
    ).toEqual(['fsync=on listen_addresses=127.0.0.1 unix_socket_directories=']);
    expect(await query(postgres, 'SHOW data_checksums')).toEqual(['on']);
    expect(statSync(join(folder, 'cluster-superuser-password')).mode & 0o777).toBe(0o600);
  });

  it('starts after kill -9 with all that was committed', async () => {
    const first = await start();
    const secondRow = query(first, 'INSERT INTO kept VALUES (43) RETURNING answer');
    expect(await secondRow).toEqual([43]);
    await killNow(first);
    expect(existsSync(join(folder, 'cluster', 'postmaster.pid'))).toBe(true);
    expect(await query(await start(), 'SELECT answer FROM kept ORDER BY 1')).toEqual([42, 43]);
  });

  it('starts although the number in the pid file of a killed server belongs to another process by now', async () => {
    const killed = await start();
    await killNow(killed);
    const pidFile = join(folder, 'cluster', 'postmaster.pid');
    const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    // This process plays the innocent one: it must survive, too.
    writeFileSync(pidFile, [process.pid, ...rest].join('\n'));
    expect(await query(await start(), 'SELECT count(*)::int > 0 FROM kept')).toEqual([true]);
  });

  it('stops a server that a killed launcher left behind and takes its place', async () => {
    const leftBehind = await start();
    const successor = await start();
    expect(leftBehind.process.running).toBe(false);
    expect(await query(successor, 'SELECT count(*)::int > 0 FROM kept')).toEqual([true]);
  });

  it('says what to do about a folder of another major version', async () => {
    const versionFile = join(folder, 'cluster', 'PG_VERSION');
    writeFileSync(versionFile, '16\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 16.*restore your backup/);
    writeFileSync(versionFile, '17\n');
  });
});
