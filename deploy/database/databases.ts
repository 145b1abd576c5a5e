import pg from 'pg';
import { PROCESSES } from '#libs/contracts';
import type { ProcessName } from '#libs/contracts';
import type { DatabasePasswords } from '../secrets/process-secrets.js';

/** Name of a process's database and of the role that owns it. */
export function databaseOf(name: ProcessName): string {
  return `ioc_${name}`;
}

/**
 * Makes a database and an owner for each process where they do not exist yet, and sets the owners' passwords. An owner
 * enters no database but its own.
 *
 * @param passwords URL-safe characters only
 */
export async function createDatabases(adminUrl: string, passwords: DatabasePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: roles } = await client.query<{ name: string }>('SELECT rolname AS name FROM pg_roles');
    const { rows: databases } = await client.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database',
    );
    for (const process of PROCESSES) {
      const name = databaseOf(process);
      const verb = roles.some((role) => role.name === name) ? 'ALTER' : 'CREATE';
      await client.query(`${verb} ROLE ${name} LOGIN PASSWORD '${passwords[process]}'`);
      if (databases.some((database) => database.name === name)) continue;
      await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
    }
    for (const name of ['postgres', 'template1', ...PROCESSES.map(databaseOf)]) {
      await client.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
    }
  } finally {
    await client.end();
  }
}

/** @param server host and port */
export function databaseUrl(name: ProcessName, password: string, server: string): string {
  const database = databaseOf(name);
  return `postgres://${database}:${password}@${server}/${database}`;
}
