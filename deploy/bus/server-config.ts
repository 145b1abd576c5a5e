import { join } from 'node:path';
import type { BusKeys } from './keys.js';

export interface ServerConfigOptions {
  host: string;
  port: number;
  /** Folder for streams and for the accounts that the broker is told of while it runs. */
  storeDir: string;
  /** Bytes. */
  maxFileStore?: number;
}

/**
 * Configuration of nats-server in operator mode, valid from 2.9 on. `sync_interval` is not among them, since 2.9 does
 * not start with it: the outboxes of the services repair what a broker may lose in a power cut.
 */
export function serverConfig(keys: BusKeys, options: ServerConfigOptions): string {
  const { systemAccount, iocAccount } = keys;
  return `# Written at each start; change deploy/bus/server-config.ts instead.
server_name: ioc
listen: "${options.host}:${options.port}"
max_payload: 1MB

jetstream {
  store_dir: ${JSON.stringify(join(options.storeDir, 'jetstream'))}
  max_memory_store: 67108864
  max_file_store: ${options.maxFileStore ?? 10 * 2 ** 30}
}

operator: ${keys.operatorJwt}
system_account: ${systemAccount.publicKey}
resolver {
  type: full
  dir: ${JSON.stringify(join(options.storeDir, 'accounts'))}
  allow_delete: false
  interval: "2m"
}
resolver_preload {
  ${systemAccount.publicKey}: ${systemAccount.jwt}
  ${iocAccount.publicKey}: ${iocAccount.jwt}
}
`;
}
