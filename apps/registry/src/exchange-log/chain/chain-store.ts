import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import type { Checkpoint, KeyChangeContent, PendingContent, SealedContent } from '../records.js';
import { searchable } from './format.js';

/** Where the chain ends. */
export interface Head {
  /** Identifier of this log (UUID), made at random with it. */
  log: string;
  /** Of the last record; 0 before the first. */
  sequence: number;
  /** null before the first record. */
  hash: string | null;
  /** Not before the last record's time: the time for records sealed now. */
  now: Date;
  /** The last record that a checkpoint covers. */
  checkpoint: number;
  /** Key that signs, as the chain knows it. */
  key: string | null;
}

/** A record with its place and its hash. */
export interface SealedRow {
  pendingId: string | null;
  content: SealedContent;
  line: string;
  hash: string;
}

/** Bytes of records that are sealed in one transaction, about. */
const BATCH_BYTES = 4_000_000;
const BATCH_RECORDS = 500;

const CLAIM = `
  SELECT id, content FROM (
    SELECT id, content, sum(octet_length(content)) OVER (ORDER BY id) - octet_length(content) AS before
    FROM (SELECT id, content FROM exchange_pending ORDER BY id LIMIT ${BATCH_RECORDS}) AS oldest) AS sized
  WHERE before < ${BATCH_BYTES} ORDER BY id`;

/** Identifiers come as one text for each record: arrays of different lengths do not make an array. */
const SEAL = `
  INSERT INTO exchange_record
    (sequence, pending_id, kind, sealed_at, provider, receiver, dataset, messages, line, hash)
  SELECT sequence, pending_id, kind, sealed_at, provider, receiver, dataset,
    CASE messages WHEN '' THEN '{}' ELSE string_to_array(messages, E'\\n') END, line, hash
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[])
    AS sealed (sequence, pending_id, kind, sealed_at, provider, receiver, dataset, messages, line, hash)`;

const COUNT = `
  INSERT INTO exchange_count (hour, kind, provider, receiver, dataset, records, messages)
  SELECT date_trunc('hour', sealed_at), kind, COALESCE(provider, ''), COALESCE(receiver, ''), COALESCE(dataset, ''),
    count(*), sum(messages)
  FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    AS sealed (sealed_at, kind, provider, receiver, dataset, messages)
  WHERE kind IN ('delivery', 'refusal', 'denial')
  GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (hour, kind, provider, receiver, dataset) DO UPDATE SET
    records = exchange_count.records + excluded.records, messages = exchange_count.messages + excluded.messages`;

const COUNT_RECENT = `
  INSERT INTO exchange_recent (step, kind, messages)
  SELECT date_bin('5 minutes', sealed_at, 'epoch'), kind, sum(messages)
  FROM unnest($1::timestamptz[], $2::text[], $3::bigint[]) AS sealed (sealed_at, kind, messages)
  WHERE kind = 'delivery' GROUP BY 1, 2
  ON CONFLICT (step, kind) DO UPDATE SET messages = exchange_recent.messages + excluded.messages`;

/** The chain's tables, as the sealer uses them: always inside `TransactionScope.run`, under the head's lock. */
@Injectable()
export class ChainStore {
  constructor(private readonly transactions: TransactionScope) {}

  /** Whether there is something to seal or to sign; without a lock. */
  async hasWork(): Promise<boolean> {
    const [row] = await this.transactions.manager.query<{ work: boolean }[]>(
      `SELECT EXISTS (SELECT 1 FROM exchange_pending) OR sequence > checkpoint AS work FROM exchange_head`,
    );
    return row?.work ?? false;
  }

  /**
   * Locks the end of the chain until the transaction ends, which makes this process the one that seals.
   *
   * @returns null when another one is sealing
   */
  async lockHead(now: Date): Promise<Head | null> {
    const [row] = await this.transactions.execute<Omit<Head, 'sequence' | 'checkpoint'> & TextNumbers>(
      'lock-exchange-head',
      `SELECT log, sequence, hash, checkpoint, key, greatest(sealed_at, $1) AS now
       FROM exchange_head FOR UPDATE SKIP LOCKED`,
      [now],
    );
    return row ? { ...row, sequence: Number(row.sequence), checkpoint: Number(row.checkpoint) } : null;
  }

  /** The oldest of what waits. By what is there, never "greater than the last": identities commit out of order. */
  async pending(): Promise<{ waiting: { id: string; content: PendingContent }[]; more: boolean }> {
    const rows = await this.transactions.execute<{ id: string; content: string }>(
      'claim-exchange-pending',
      CLAIM,
      [],
    );
    const bytes = rows.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    return {
      waiting: rows.map(({ id, content }) => ({ id, content: JSON.parse(content) as PendingContent })),
      more: rows.length === BATCH_RECORDS || bytes >= BATCH_BYTES,
    };
  }

  /** @param last the last of the rows */
  seal(rows: readonly SealedRow[], last: SealedRow): void {
    const contents = rows.map(({ content }) => content);
    const kinds = contents.map(({ kind }) => kind);
    const times = contents.map(({ sealedAt }) => sealedAt);
    const parties = contents.map(partiesOf);
    const [providers, receivers, datasets] = [0, 1, 2].map((index) =>
      parties.map((party) => party[index] ?? null),
    );
    this.transactions.send({
      name: 'seal-exchange-records',
      text: SEAL,
      values: [
        contents.map(({ sequence }) => sequence),
        rows.map(({ pendingId }) => pendingId),
        kinds,
        times,
        providers,
        receivers,
        datasets,
        contents.map((content) => messageIdsOf(content).join('\n')),
        rows.map(({ line }) => line),
        rows.map(({ hash }) => hash),
      ],
    });
    const amounts = contents.map(amountOf);
    this.transactions.send({
      name: 'count-exchange-records',
      text: COUNT,
      values: [times, kinds, providers, receivers, datasets, amounts],
    });
    this.transactions.send({
      name: 'count-recent-exchange-records',
      text: COUNT_RECENT,
      values: [times, kinds, amounts],
    });
    this.transactions.send({
      name: 'drop-exchange-pending',
      text: 'DELETE FROM exchange_pending WHERE id = ANY ($1::bigint[])',
      values: [rows.map(({ pendingId }) => pendingId).filter((id) => id !== null)],
    });
    this.transactions.send({
      name: 'advance-exchange-head',
      text: 'UPDATE exchange_head SET sequence = $1, hash = $2, sealed_at = $3',
      values: [last.content.sequence, last.hash, last.content.sealedAt],
    });
  }

  /** Whether the chain has ever announced that key. */
  async knowsKey(id: string): Promise<boolean> {
    const text = 'SELECT 1 FROM exchange_key WHERE id = $1';
    return (await this.transactions.execute('find-exchange-key', text, [id])).length > 0;
  }

  announceKey({ to, publicKey }: KeyChangeContent, { sequence, sealedAt }: SealedContent): void {
    this.transactions.send({
      text: 'INSERT INTO exchange_key (id, public_key, announced_in, announced_at) VALUES ($1, $2, $3, $4)',
      values: [to, publicKey, sequence, sealedAt],
    });
    this.transactions.send({ text: 'UPDATE exchange_head SET key = $1', values: [to] });
  }

  sign({ sequence }: Checkpoint, line: string, signature: string): void {
    this.transactions.send({
      name: 'sign-exchange-log',
      text: 'INSERT INTO exchange_checkpoint (sequence, line, signature) VALUES ($1, $2, $3)',
      values: [sequence, line, signature],
    });
    this.transactions.send({
      name: 'advance-exchange-checkpoint',
      text: 'UPDATE exchange_head SET checkpoint = $1',
      values: [sequence],
    });
  }
}

/** bigint columns come as text. */
interface TextNumbers {
  sequence: string;
  checkpoint: string;
}

/** Provider, receiver and dataset by which a record is searched and counted. */
function partiesOf(content: SealedContent): (string | null)[] {
  const parties = (): (string | null)[] => {
    switch (content.kind) {
      case 'delivery':
        return [content.provider, content.receiver, content.dataset];
      case 'refusal':
        return [content.provider, content.requester, content.dataset];
      case 'denial':
        return [content.provider, content.agency, content.dataset];
      default:
        return [null, null, null];
    }
  };
  return parties().map((party) => party && searchable(party));
}

function messageIdsOf(content: SealedContent): string[] {
  if (content.kind !== 'delivery') return [];
  return content.messages.flatMap(({ id }) => (id === null ? [] : [searchable(id)]));
}

/** Messages delivered, or attempts denied. */
function amountOf(content: SealedContent): number {
  if (content.kind === 'delivery' || content.kind === 'denial') return content.count;
  return 1;
}
