import type { EntityManager } from 'typeorm';

/** Which request a key stands for: the same key of another client is another key. */
export interface KeyedRequest {
  client: string;
  key: string;
  /** Hash of method, address and body. */
  hash: Buffer;
}

export interface StoredAnswer {
  hash: Buffer;
  status: number;
  /** JSON text; null when the answer had no body. */
  body: string | null;
  location: string | null;
}

interface Row {
  request_hash: Buffer;
  status: number | null;
  body: string | null;
  location: string | null;
}

/** Days after which a key may be forgotten. */
export const KEY_LIFETIME_DAYS = 7;

/**
 * Reserves the key in the running transaction. While another transaction holds the same key this waits for its end.
 * True: the key is ours now. False: it was answered before.
 */
export async function reserveKey(
  manager: EntityManager,
  { client, key, hash }: KeyedRequest,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO idempotency_key (client, key, request_hash) VALUES ($1, $2, $3)
     ON CONFLICT (client, key) DO NOTHING RETURNING 1`,
    [client, key, hash],
  );
  return rows.length > 0;
}

export async function storeAnswer(
  manager: EntityManager,
  { client, key }: KeyedRequest,
  answer: Omit<StoredAnswer, 'hash'>,
): Promise<void> {
  await manager.query(
    'UPDATE idempotency_key SET status = $3, body = $4, location = $5 WHERE client = $1 AND key = $2',
    [client, key, answer.status, answer.body, answer.location],
  );
}

export async function readAnswer(
  manager: EntityManager,
  { client, key }: KeyedRequest,
): Promise<StoredAnswer | undefined> {
  const rows: Row[] = await manager.query(
    'SELECT request_hash, status, body, location FROM idempotency_key WHERE client = $1 AND key = $2',
    [client, key],
  );
  const row = rows[0];
  if (row?.status == null) return undefined;
  return { hash: row.request_hash, status: row.status, body: row.body, location: row.location };
}

/** Forgets keys older than {@link KEY_LIFETIME_DAYS}. */
export async function pruneKeys(manager: EntityManager): Promise<void> {
  await manager.query('DELETE FROM idempotency_key WHERE created_at < now() - make_interval(days => $1)', [
    KEY_LIFETIME_DAYS,
  ]);
}
