import { createHash } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { addMonths, Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ChainCheck } from '../chain/chain-check.js';
import { ChainReader } from '../chain/chain-reader.js';
import { ExchangeLog } from '../exchange-log.js';
import { ExchangeLogSettings } from '../settings.js';
import { LogExport } from './log-export.service.js';
import { logFile } from './log-file.js';

/** A file that records were moved to. */
export interface ArchiveFile {
  file: string;
  firstSequence: number;
  lastSequence: number;
  sha256: string;
  /** ISO 8601 UTC. */
  archivedAt: string;
}

/** Any number, the same for all replicas: one of them archives. */
const ARCHIVE_LOCK = 727_620;
const RECORDS_PER_FILE = 20_000;

/** The last checkpoint among the records sealed before a day, not further than one file holds. */
const LAST = `
  SELECT max(sequence) AS sequence FROM exchange_checkpoint
  WHERE sequence <= $2 AND sequence <= (
    SELECT max(sequence) FROM exchange_record
    WHERE sealed_at < ($1::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'))`;

/**
 * Moves records older than the retention from the database to files. What is left in the database begins where the last
 * file ends; a record in the chain tells of each file and its digest.
 */
@Injectable()
export class LogArchive {
  private readonly logger = new Logger('ExchangeLog');

  constructor(
    private readonly settings: ExchangeLogSettings,
    private readonly transactions: TransactionScope,
    private readonly chain: ChainReader,
    private readonly check: ChainCheck,
    private readonly exports: LogExport,
    private readonly log: ExchangeLog,
    private readonly clock: Clock,
  ) {}

  /** Oldest records first. */
  async files(): Promise<ArchiveFile[]> {
    const rows = await this.transactions.manager.query<(ArchiveFile & { at: Date })[]>(
      `SELECT file, first_sequence::float8 AS "firstSequence", last_sequence::float8 AS "lastSequence", sha256,
         archived_at AS at
       FROM exchange_archive ORDER BY last_sequence`,
    );
    return rows.map(({ at, ...file }) => ({ ...file, archivedAt: at.toISOString() }));
  }

  /** Writes one file. @returns whether there may be more to move */
  async moveFile(): Promise<boolean> {
    const folder = this.settings.archiveDirectory;
    if (folder === undefined) return false;
    return this.transactions.run(async (manager) => {
      const [lock] = await manager.query<{ taken: boolean }[]>(
        'SELECT pg_try_advisory_xact_lock($1) AS taken',
        [ARCHIVE_LOCK],
      );
      const { log } = await this.chain.end();
      const anchor = await this.chain.anchor(log);
      const day = addMonths(this.clock.today(), -this.settings.retentionMonths);
      const [row] = await manager.query<{ sequence: string | null }[]>(LAST, [
        day,
        anchor.sequence + RECORDS_PER_FILE,
      ]);
      if (!lock?.taken || row?.sequence == null) return false;
      await this.move(folder, {
        log,
        firstSequence: anchor.sequence + 1,
        lastSequence: Number(row.sequence),
        previousHash: anchor.hash,
      });
      return true;
    });
  }

  private async move(folder: string, range: Parameters<typeof logFile>[1]): Promise<void> {
    const { firstSequence, lastSequence, log } = range;
    await this.requireGenuine(lastSequence);
    const file = `exchange-log-${pad(firstSequence)}-${pad(lastSequence)}.ndjson`;
    const content = logFile(this.chain, range, await this.exports.signer());
    const sha256 = await write(folder, file, content);
    const lastHash = await this.chain.hashAt(lastSequence, log);
    const { manager } = this.transactions;
    await manager.query(
      `INSERT INTO exchange_archive (first_sequence, last_sequence, last_hash, last_sealed_at, file, sha256, archived_at)
       SELECT $1, sequence, $3, sealed_at, $4, $5, $6 FROM exchange_record WHERE sequence = $2`,
      [firstSequence, lastSequence, lastHash, file, sha256, this.clock.now()],
    );
    await manager.query('DELETE FROM exchange_record WHERE sequence <= $1', [lastSequence]);
    await manager.query('DELETE FROM exchange_checkpoint WHERE sequence <= $1', [lastSequence]);
    this.log.append({
      kind: 'archive',
      recordedAt: this.clock.now().toISOString(),
      firstSequence,
      lastSequence,
      file,
      sha256,
    });
    this.transactions.afterCommit(() => {
      this.logger.log(`records ${firstSequence} to ${lastSequence} of the exchange log are in ${file} now`);
    });
  }

  /** Records that do not hold stay where they are, for whoever looks into it. */
  private async requireGenuine(lastSequence: number): Promise<void> {
    const walk = await this.check.begin(lastSequence);
    while (!walk.done) {
      const fault = await walk.next();
      if (fault) throw new Error(`not archived: record ${fault.sequence} ${fault.what}`);
    }
  }
}

function pad(sequence: number): string {
  return String(sequence).padStart(12, '0');
}

/** The file is there whole, and on the disk, or not at all. @returns its SHA-256, hex */
async function write(folder: string, name: string, content: AsyncIterable<Buffer>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  const handle = await open(`${file}.new`, 'w', 0o640);
  const hash = createHash('sha256');
  try {
    for await (const part of content) {
      hash.update(part);
      await handle.write(part);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  return hash.digest('hex');
}
