import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stopLeftBehind } from './left-behind.js';
import { dyingWithParent, startServerProcess } from './server-process.js';
import type { ServerProcess } from './server-process.js';
import { UserError } from './user-error.js';

export interface NatsServerOptions {
  /** Path of the program, see findNatsServer. */
  program: string;
  /** Folder for configuration, streams and pid file. */
  dataDir: string;
  port: number;
  /** Text of the configuration file. */
  config: string;
  logFile: string;
}

/**
 * The garbage collector works harder near this limit, it never fails there. With 200 agencies and 500 events a second the
 * broker holds 165 MB; at 96 it spent half of its time on that.
 */
const MEMORY = '200MiB';

/**
 * Starts nats-server on 127.0.0.1. One that a killed launcher left on the same folder is stopped first.
 *
 * @throws UserError with the server's own words when it does not start
 */
export async function startNatsServer(options: NatsServerOptions): Promise<ServerProcess> {
  const dataDir = resolve(options.dataDir);
  const configFile = join(dataDir, 'nats.conf');
  const pidFile = join(dataDir, 'nats.pid');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (existsSync(pidFile))
    await stopLeftBehind(Number(readFileSync(pidFile, 'utf8')), 'nats-server', dataDir);
  writeFileSync(configFile, options.config, { mode: 0o600 });
  const server = startServerProcess({
    ...dyingWithParent(options.program, ['--config', configFile, '--pid', pidFile]),
    cwd: dataDir,
    env: { ...process.env, GOMEMLIMIT: MEMORY },
    logFile: options.logFile,
  });
  const deadline = performance.now() + 30_000;
  while (server.running && performance.now() < deadline) {
    if (await greets(options.port)) return server;
    await Promise.race([delay(20), server.ended]);
  }
  await server.stop('SIGTERM', 5_000);
  throw new UserError(`nats-server did not start:\n${server.output()}`);
}

/** A broker sends its INFO line to whoever connects, as soon as it serves. */
async function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ port, host: '127.0.0.1', timeout: 1_000 });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => {
      finish(data.toString('utf8').startsWith('INFO '));
    });
    for (const failure of ['error', 'timeout', 'close'] as const) {
      socket.once(failure, () => {
        finish(false);
      });
    }
  });
}
