import type { QueryConfig } from 'pg';
import type { DataSource, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/**
 * An insert as TypeORM's query builder would make it, from the same description of the entity and with the same
 * conversion of values, but without a builder: a task's four inserts took 1.2 ms of a request to build.
 * Columns that no row gives a value are left to the database.
 */
export function insertStatement<Entity extends ObjectLiteral>(
  dataSource: DataSource,
  target: EntityTarget<Entity>,
  rows: readonly QueryDeepPartialEntity<Entity>[],
): Required<Pick<QueryConfig, 'text' | 'values'>> {
  const { driver } = dataSource;
  const metadata = dataSource.getMetadata(target);
  const columns = metadata.columns.filter(
    (column) => column.isInsert && rows.some((row) => column.getEntityValue(row) !== undefined),
  );
  const values: unknown[] = [];
  const place = (value: unknown, column: (typeof columns)[number]): string => {
    if (value === undefined) return 'DEFAULT';
    values.push(driver.preparePersistentValue(value, column));
    return `$${values.length}`;
  };
  const tuples = rows.map(
    (row) => `(${columns.map((column) => place(column.getEntityValue(row), column)).join(', ')})`,
  );
  const names = columns.map((column) => driver.escape(column.databaseName));
  const table = driver.escape(metadata.tableName);
  return { text: `INSERT INTO ${table} (${names.join(', ')}) VALUES ${tuples.join(', ')}`, values };
}
