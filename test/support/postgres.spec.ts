import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase } from './postgres.js';

describe('createDatabase', () => {
  it('gives an owner who is no superuser and who cannot enter another database', async () => {
    const [mine, other] = await Promise.all([createDatabase(), createDatabase()]);
    const client = new pg.Client({ connectionString: mine.url });
    await client.connect();
    const { rows } = await client.query<{ super: boolean; sync: string }>(
      "SELECT rolsuper AS super, current_setting('fsync') AS sync FROM pg_roles WHERE rolname = current_user",
    );
    await client.query('CREATE TABLE things (id int PRIMARY KEY)');
    await client.end();
    expect(rows).toEqual([{ super: false, sync: 'on' }]);

    const crossing = new URL(mine.url);
    crossing.pathname = new URL(other.url).pathname;
    const intruder = new pg.Client({ connectionString: crossing.href });
    await expect(intruder.connect()).rejects.toThrow(/permission denied for database/);
    await Promise.all([mine.drop(), other.drop()]);
  });
});
