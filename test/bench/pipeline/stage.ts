import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBusKeys } from '../../../deploy/bus/keys.js';
import { freePort } from '../../../deploy/embedded/free-port.js';
import { startPostgres } from '../../../deploy/embedded/postgres.js';
import { startNats } from '../../support/nats.js';
import { createDatabase } from '../../support/postgres.js';
import { callable, type Consumer, type Publisher } from './protocol.js';

/** The two processes of a pipeline, a database of each, and a broker of its own. */
export interface Pipeline {
  publisher: Publisher;
  consumer: Consumer;
  stop(): Promise<void>;
}

/** A PostgreSQL server and bus keys for pipelines to be measured one after the other. */
export async function openStage(): Promise<{ close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-bench-'));
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
  });
  process.env['TEST_POSTGRES_URL'] = postgres.adminUrl;
  process.env['TEST_BUS_KEYS'] = join(folder, 'bus');
  await createBusKeys(join(folder, 'bus'));
  return {
    async close() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startPipeline(kind: 'limit' | 'our'): Promise<Pipeline> {
  const nats = await startNats();
  const databases = [await createDatabase(), await createDatabase()];
  const children: ChildProcess[] = [];
  const start = async <T extends object>(role: 'publisher' | 'consumer'): Promise<T> => {
    const child = fork(fileURLToPath(new URL(`./${kind}-${role}.js`, import.meta.url)), {
      env: {
        ...process.env,
        DATABASE_URL: databases[role === 'publisher' ? 0 : 1]!.url,
        NATS_URL: nats.url,
        NATS_CREDENTIALS: nats.credentials(role === 'publisher' ? 'tasks' : 'gateway'),
      },
    });
    children.push(child);
    return callable<T>(child);
  };
  const stop = async (): Promise<void> => {
    for (const child of children) child.kill('SIGKILL');
    await nats.stop();
    await Promise.all(databases.map((database) => database.drop()));
  };
  try {
    return {
      publisher: await start<Publisher>('publisher'),
      consumer: await start<Consumer>('consumer'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
