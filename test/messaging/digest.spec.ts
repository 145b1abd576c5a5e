import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import {
  type AggregateHead,
  bucketQuery,
  type BucketDigest,
  DIGEST_BUCKETS,
  digestQuery,
} from '#libs/messaging';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const table of ['ours', 'theirs']) {
    await client.query(`CREATE TABLE ${table} (aggregate text, aggregate_id text, sequence int)`);
  }
});
beforeEach(async () => {
  await client.query('TRUNCATE ours, theirs');
  await client.query(`INSERT INTO ours SELECT 'task', 'id-' || n, n % 7 + 1 FROM generate_series(1, 500) n`);
  await client.query('INSERT INTO theirs SELECT * FROM ours ORDER BY random()');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function digest(table: string): Promise<BucketDigest[]> {
  return (await client.query<BucketDigest>(digestQuery(table))).rows;
}

async function differences(): Promise<BucketDigest[]> {
  const ours = await digest('ours');
  return (await digest('theirs')).filter(
    (bucket) => !ours.some((own) => own.bucket === bucket.bucket && own.digest === bucket.digest),
  );
}

describe('the digest of what a service has', () => {
  it('is the same whatever the order of the rows, over all buckets', async () => {
    expect(await digest('ours')).toEqual(await digest('theirs'));
    expect(await digest('ours')).toHaveLength(DIGEST_BUCKETS);
    expect((await digest('ours')).reduce((sum, { count }) => sum + count, 0)).toBe(500);
  });

  it.each([
    ['an older version', `UPDATE ours SET sequence = 9 WHERE aggregate_id = 'id-33'`],
    ['a missing aggregate', `DELETE FROM ours WHERE aggregate_id = 'id-33'`],
  ])('shows %s in one bucket, and the bucket shows which', async (_what, change) => {
    await client.query(change);
    const [bucket, ...others] = await differences();
    expect(others).toEqual([]);
    const { rows } = await client.query<AggregateHead>(bucketQuery('theirs'), ['task', bucket!.bucket]);
    expect(rows).toContainEqual({ aggregateId: 'id-33', sequence: (33 % 7) + 1 });
    expect(rows).toHaveLength(bucket!.count);
  });

  it('tells two exchanged versions apart', async () => {
    await client.query(`UPDATE ours SET sequence = 1 WHERE aggregate_id = 'id-1'`);
    await client.query(`UPDATE ours SET sequence = 2 WHERE aggregate_id = 'id-7'`);
    expect((await differences()).length).toBeGreaterThan(0);
  });

  it('keeps kinds of aggregates apart', async () => {
    await client.query(`UPDATE ours SET aggregate = 'directive' WHERE aggregate_id = 'id-33'`);
    const kinds = (await digest('ours')).filter(({ aggregate }) => aggregate === 'directive');
    expect(kinds).toMatchObject([{ count: 1 }]);
  });
});
