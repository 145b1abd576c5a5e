import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBusKeys } from '../../deploy/bus/keys.js';
import type { BusKeys } from '../../deploy/bus/keys.js';
import type { BusUser } from '../../deploy/bus/permissions.js';
import { serverConfig } from '../../deploy/bus/server-config.js';
import { freePort } from '../../deploy/embedded/free-port.js';
import { ensureNatsServer } from '../../deploy/embedded/nats-binary.js';
import { startNatsServer } from '../../deploy/embedded/nats-server.js';
import type { ServerProcess } from '../../deploy/embedded/server-process.js';

export interface StartNatsOptions {
  /** A broker that lets everybody do everything, for measurements of libraries alone. Default false: as in production. */
  open?: boolean;
}

export interface TestNats {
  /** For NATS_URL. */
  readonly url: string;
  readonly port: number;
  /** Holds everything of the broker; `jetstream` in it are the streams. */
  readonly dataDir: string;
  /** For NATS_CREDENTIALS: file of a process's user, or of `admin`; undefined on an open broker. */
  credentials(user: BusUser): string | undefined;
  /** Ends the broker and removes its data. Safe to call twice. */
  stop(): Promise<void>;
  /** kill -9; the data stays. */
  kill(): Promise<void>;
  /** Stops the broker in order; the data stays. */
  halt(): Promise<void>;
  /** Stops the broker if it runs and starts it on the same port and data. */
  restart(): Promise<void>;
}

/** One set of keys for the whole run, since making them takes a second; each broker has its data for itself. */
let keysOfRun: Promise<BusKeys> | undefined;

async function sharedKeys(): Promise<BusKeys> {
  const folder = process.env['TEST_BUS_KEYS'];
  if (folder === undefined)
    throw new Error('test/support/global-setup.ts has not run: start the test through jest.');
  keysOfRun ??= createBusKeys(folder);
  return keysOfRun;
}

/** A real nats-server with JetStream, alone on a free port of 127.0.0.1. */
export async function startNats(options: StartNatsOptions = {}): Promise<TestNats> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-nats-'));
  const port = await freePort();
  const keys = options.open ? undefined : await sharedKeys();
  const serverOptions = { host: '127.0.0.1', port, storeDir: folder, maxFileStore: 2 ** 30 };
  const config = keys
    ? serverConfig(keys, serverOptions)
    : `listen: "127.0.0.1:${port}"\njetstream { store_dir: ${JSON.stringify(folder)} }\n`;
  // A bench may be the first thing that a new machine runs. npm runs every script in the project's folder.
  const program = await ensureNatsServer(join(process.cwd(), '.data', 'bin'), (text) =>
    process.stderr.write(`${text}\n`),
  );
  const start = (): Promise<ServerProcess> =>
    startNatsServer({ program, dataDir: folder, port, config, logFile: join(folder, 'nats.log') });
  let server = await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    dataDir: folder,
    credentials: (user) => keys?.credentialsFile(user),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => server.stop('SIGKILL'),
    halt: () => server.stop(),
    restart: async () => {
      await server.stop();
      server = await start();
    },
  };
}
