import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { BusKeeper } from '../../deploy/bus/keeper/bus-keeper.js';
import type { TestNats } from './nats.js';

/** Folder of the keys that all brokers of the run share. */
function keysOfRun(): string {
  const folder = process.env['TEST_BUS_KEYS'];
  if (folder === undefined) throw new Error('start the test through jest');
  return folder;
}

/** For SHARING_GRANTS_KEY_FILE. */
export function grantsKeyFile(): string {
  return join(keysOfRun(), 'keys', 'grants.json');
}

/** The bus keeper of a broker, with its own copy of the accounts: what it revokes concerns no other broker. */
export function startBusKeeper(nats: TestNats): Promise<BusKeeper> {
  const folder = join(nats.dataDir, 'keeper');
  if (!existsSync(folder)) cpSync(keysOfRun(), folder, { recursive: true });
  return BusKeeper.start({
    url: nats.url,
    folder,
    logFile: join(nats.dataDir, 'nats.log'),
    say: () => undefined,
  });
}
