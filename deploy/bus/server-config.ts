import { join } from 'node:path';
import type { BusKeys } from './keys.js';

export interface ServerConfigOptions {
  host: string;
  port: number;
  /** Folder for streams and for the accounts that the broker is told of while it runs. */
  storeDir: string;
  /** Bytes. */
  maxFileStore?: number;
  /** Port on 127.0.0.1 for health and statistics; none when absent. */
  monitorPort?: number;
  /** File for the log, kept below 10 MB; standard error when absent. */
  logFile?: string;
  /** Certificate and key for connections from outside; see deploy/README.md. */
  tls?: { certificate: string; key: string };
  /** How often streams are synced to disk, for example "10s". Only for nats-server 2.10 and newer. */
  syncInterval?: string;
}

/**
 * Configuration of nats-server in operator mode. Without `syncInterval` it is valid from 2.9 on, which does not start
 * with that setting; the outboxes of the services repair what a broker may lose in a power cut.
 */
export function serverConfig(keys: BusKeys, options: ServerConfigOptions): string {
  const { systemAccount, iocAccount, agenciesAccount } = keys;
  return `# Written at each start; change deploy/bus/server-config.ts instead.
server_name: ioc
listen: "${options.host}:${options.port}"
max_payload: 1MB
# A user shows its JWT in one line, and the registry's table of permissions is longer than the 4 kB that are usual.
max_control_line: 32KB
# Seconds to log in; on a busy machine the usual 2 are too few for a process that is just starting.
authorization { timeout: 10 }
${options.logFile === undefined ? '' : `log_file: ${JSON.stringify(options.logFile)}\nlogfile_size_limit: 10MB\n`}${tlsBlock(options.tls)}${options.monitorPort === undefined ? '' : `http: "127.0.0.1:${options.monitorPort}"\n`}
jetstream {
  # The server adds a folder "jetstream".
  store_dir: ${JSON.stringify(options.storeDir)}
  max_memory_store: 67108864
  max_file_store: ${options.maxFileStore ?? 10 * 2 ** 30}
${options.syncInterval === undefined ? '' : `  sync_interval: "${options.syncInterval}"\n`}}

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
  ${agenciesAccount.publicKey}: ${agenciesAccount.jwt}
}
`;
}

/** Both kinds of connections are taken: the services' stay inside the machine's own network, without TLS. */
function tlsBlock(tls: ServerConfigOptions['tls']): string {
  if (!tls) return '';
  const { certificate, key } = tls;
  return `allow_non_tls: true\ntls { cert_file: ${JSON.stringify(certificate)}, key_file: ${JSON.stringify(key)} }\n`;
}
