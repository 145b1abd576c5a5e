/**
 * Digests of "which aggregates in which version": equal on both sides when a consumer holds exactly what the service
 * has. Aggregates are spread over buckets by a hash of their id, so that a difference is found by reading one bucket,
 * and each digest is a sum, so that the order of rows does not matter.
 */
export const DIGEST_BUCKETS = 64;

export interface BucketDigest {
  aggregate: string;
  bucket: number;
  count: number;
  /** Sum of 64-bit hashes of `id:version`, as text. */
  digest: string;
}

export interface AggregateHead {
  aggregateId: string;
  sequence: number;
}

/** SQL over any relation of (aggregate, aggregate_id, sequence) with one row for each aggregate. */
export function digestQuery(heads: string): string {
  return `SELECT aggregate, mod(abs(hashtext(aggregate_id)::bigint), ${DIGEST_BUCKETS})::int AS bucket, count(*)::int AS count,
                 sum(hashtextextended(aggregate_id || ':' || sequence, 0)::numeric)::text AS digest
          FROM ${heads} AS heads GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** SQL for the heads of one bucket; parameters: aggregate, bucket. */
export function bucketQuery(heads: string): string {
  return `SELECT aggregate_id AS "aggregateId", sequence FROM ${heads} AS heads
          WHERE aggregate = $1 AND mod(abs(hashtext(aggregate_id)::bigint), ${DIGEST_BUCKETS}) = $2`;
}

/** The newest version of every aggregate that the outbox knows. */
export const OUTBOX_HEADS = `(SELECT DISTINCT ON (aggregate, aggregate_id) aggregate, aggregate_id, sequence
  FROM outbox ORDER BY aggregate, aggregate_id, sequence DESC)`;

/** Request and answer of `svc.<service>.digest`: all buckets, or with both fields the heads of one bucket. */
export interface DigestRequest {
  aggregate?: string;
  bucket?: number;
}

export interface DigestAnswer {
  buckets?: BucketDigest[];
  heads?: AggregateHead[];
}

/** Request of `svc.<service>.resend`: the aggregates whose events the stream shall carry again. */
export interface ResendRequest {
  aggregate: string;
  aggregateIds: string[];
  /** Who asks, for the record. */
  by: string;
}
