import { Injectable } from '@nestjs/common';
import { problem } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { exchangeLogProblem } from '../exchange-log.problems.js';
import { genesisHash } from './format.js';

/** A record as it lies in the chain. */
export interface ChainedRecord {
  sequence: number;
  line: string;
  hash: string;
}

/** A record with the checkpoint made right behind it, where there is one. */
export interface ReadRecord extends ChainedRecord {
  checkpoint: SignedCheckpoint | null;
}

export interface SignedCheckpoint {
  sequence: number;
  /** As it is signed. */
  line: string;
  signature: string;
}

export interface ChainEnd {
  log: string;
  /** 0 before the first record. */
  sequence: number;
  /** Of the last record; of the log's beginning before the first. */
  hash: string;
}

/** A public key that the chain announced. */
export interface AnnouncedKey {
  id: string;
  /** Raw 32 bytes, base64. */
  publicKey: string;
  /** Record that announced it. */
  announcedIn: number;
  /** ISO 8601 UTC. */
  announcedAt: string;
}

/** Where the records that are still in the database begin. */
export interface Anchor {
  /** Last archived record; 0: none. */
  sequence: number;
  hash: string;
}

/** Bytes of records that are read at a time, about. */
const PAGE_BYTES = 2_000_000;

const PAGE = `
  SELECT sequence, line, hash, checkpoint, signature FROM (
    SELECT r.sequence, r.line, r.hash, c.line AS checkpoint, c.signature,
      sum(octet_length(r.line)) OVER (ORDER BY r.sequence) - octet_length(r.line) AS before
    FROM (SELECT sequence, line, hash FROM exchange_record WHERE sequence > $1 AND sequence <= $2
          ORDER BY sequence LIMIT 500) AS r
    LEFT JOIN exchange_checkpoint c ON c.sequence = r.sequence) AS sized
  WHERE before < ${PAGE_BYTES} ORDER BY sequence`;

/** Reads the chain; everything here is as it was sealed and never changes. */
@Injectable()
export class ChainReader {
  constructor(private readonly transactions: TransactionScope) {}

  async end(): Promise<ChainEnd> {
    const [row] = await this.query<{ log: string; sequence: string; hash: string | null }>(
      'SELECT log, sequence, hash FROM exchange_head',
    );
    const { log, sequence, hash } = row!;
    return { log, sequence: Number(sequence), hash: hash ?? genesisHash(log) };
  }

  /** What the first record in the database follows. */
  async anchor(log: string): Promise<Anchor> {
    const [row] = await this.query<{ sequence: string; hash: string }>(
      `SELECT last_sequence AS sequence, last_hash AS hash FROM exchange_archive
       ORDER BY last_sequence DESC LIMIT 1`,
    );
    return row ? { sequence: Number(row.sequence), hash: row.hash } : { sequence: 0, hash: genesisHash(log) };
  }

  /** Hash of a record that is still there, or of the anchor. @throws problem `not-found` */
  async hashAt(sequence: number, log: string): Promise<string> {
    const [row] = await this.query<{ hash: string }>('SELECT hash FROM exchange_record WHERE sequence = $1', [
      sequence,
    ]);
    if (row) return row.hash;
    const anchor = await this.anchor(log);
    if (anchor.sequence !== sequence) throw problem('not-found');
    return anchor.hash;
  }

  /** The records behind `after`, up to `last`, as many as are read at a time; empty behind the last one. */
  async page(after: number, last: number): Promise<ReadRecord[]> {
    const rows = await this.query<PageRow>(PAGE, [after, last]);
    return rows.map(({ sequence, line, hash, checkpoint, signature }) => ({
      sequence: Number(sequence),
      line,
      hash,
      checkpoint:
        checkpoint === null || signature === null
          ? null
          : { sequence: Number(sequence), line: checkpoint, signature },
    }));
  }

  /** @throws problem `not-found`, `record-archived` */
  async record(sequence: number): Promise<ChainedRecord> {
    const [row] = await this.query<{ line: string; hash: string }>(
      'SELECT line, hash FROM exchange_record WHERE sequence = $1',
      [sequence],
    );
    if (row) return { sequence, ...row };
    const [archive] = await this.query<{ file: string }>(
      'SELECT file FROM exchange_archive WHERE $1 BETWEEN first_sequence AND last_sequence',
      [sequence],
    );
    throw archive
      ? exchangeLogProblem('record-archived', { sequence, file: archive.file })
      : problem('not-found');
  }

  /** The first one that covers a record; null: not signed yet. */
  async checkpointFor(sequence: number): Promise<SignedCheckpoint | null> {
    return this.checkpoint('WHERE sequence >= $1 ORDER BY sequence LIMIT 1', [sequence]);
  }

  async lastCheckpoint(): Promise<SignedCheckpoint | null> {
    return this.checkpoint('ORDER BY sequence DESC LIMIT 1', []);
  }

  /** Hashes of the texts of the records behind `after`, up to `last`. */
  async lineHashes(after: number, last: number): Promise<string[]> {
    const rows = await this.query<{ hash: string }>(
      `SELECT encode(sha256(convert_to(line, 'UTF8')), 'hex') AS hash FROM exchange_record
       WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence`,
      [after, last],
    );
    return rows.map(({ hash }) => hash);
  }

  /** In the order in which they were announced: the last one signs. */
  async keys(): Promise<AnnouncedKey[]> {
    const rows = await this.query<{
      id: string;
      public_key: string;
      announced_in: string;
      announced_at: Date;
    }>('SELECT id, public_key, announced_in, announced_at FROM exchange_key ORDER BY announced_in');
    return rows.map((row) => ({
      id: row.id,
      publicKey: row.public_key,
      announcedIn: Number(row.announced_in),
      announcedAt: row.announced_at.toISOString(),
    }));
  }

  private async checkpoint(rest: string, parameters: unknown[]): Promise<SignedCheckpoint | null> {
    const [row] = await this.query<{ sequence: string; line: string; signature: string }>(
      `SELECT sequence, line, signature FROM exchange_checkpoint ${rest}`,
      parameters,
    );
    return row ? { ...row, sequence: Number(row.sequence) } : null;
  }

  private query<Row extends object>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.transactions.manager.query<Row[]>(text, parameters);
  }
}

interface PageRow {
  sequence: string;
  line: string;
  hash: string;
  checkpoint: string | null;
  signature: string | null;
}
