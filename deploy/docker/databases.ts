import { readFileSync } from 'node:fs';
import { createDatabases } from '../database/databases.js';
import type { DatabasePasswords } from '../secrets/process-secrets.js';

/** Second step of `docker compose up`: a database and its owner for each process, where they are missing. */
const superuser = readFileSync('/secrets/superuser-password', 'utf8').trim();
const passwords = JSON.parse(readFileSync('/secrets/databases.json', 'utf8')) as DatabasePasswords;
await createDatabases(`postgres://postgres:${superuser}@postgres:5432/postgres`, passwords);
process.stdout.write('All databases are in place.\n');
