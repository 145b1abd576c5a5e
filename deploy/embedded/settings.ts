import { resolve } from 'node:path';
import { PORT_OFFSETS } from '#libs/contracts';
import { UserError } from './user-error.js';

export interface Settings {
  /** Port of the gateway; the services follow it. */
  portBase: number;
  /** Absolute path of the folder that keeps everything. */
  dataDir: string;
}

const HIGHEST_PORT = 65_535;

/**
 * Reads IOC_PORT_BASE (default 8080) and IOC_DATA_DIR (default `.data` in the checkout).
 *
 * @param root folder of the checkout
 * @throws UserError for a port base that leaves no room for all services
 */
export function readSettings(environment: NodeJS.ProcessEnv, root: string): Settings {
  const text = environment['IOC_PORT_BASE'] ?? '8080';
  const portBase = Number(text);
  const highest = HIGHEST_PORT - Math.max(...Object.values(PORT_OFFSETS));
  if (!/^\d+$/.test(text) || portBase < 1 || portBase > highest) {
    throw new UserError(`IOC_PORT_BASE is "${text}"; set it to a number from 1 to ${highest}.`);
  }
  return { portBase, dataDir: resolve(root, environment['IOC_DATA_DIR'] ?? '.data') };
}
