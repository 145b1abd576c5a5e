import { DataSource } from 'typeorm';
import type { TestDatabase } from './postgres.js';

/** Works on a database as a release with these migrations sees it; running them is up to the work. */
export async function withMigrations<T>(
  database: TestDatabase,
  migrations: NewableFunction[],
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource({ type: 'postgres', url: database.url, migrations });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
