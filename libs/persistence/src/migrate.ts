import type { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

/** Any number, the same for all replicas of a service: advisory locks are per database. */
const MIGRATION_LOCK = 727_001;

/** Runs what is pending; replicas that start together wait for the first one. */
export async function migrate(dataSource: DataSource, logger: Logger): Promise<void> {
  const lockHolder = dataSource.createQueryRunner();
  try {
    await lockHolder.connect();
    await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    if (done.length > 0) logger.log(`migrated: ${done.map((migration) => migration.name).join(', ')}`);
  } finally {
    await lockHolder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lockHolder.release();
  }
}
