import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { canonical } from '../chain/format.js';
import { ChainReader } from '../chain/chain-reader.js';
import { SigningKeys } from '../chain/signing-keys.js';
import { exchangeLogProblem } from '../exchange-log.problems.js';
import { type FileRange, type FileSigner, logFile } from './log-file.js';

/** Days (yyyy-MM-dd, Asia/Ho_Chi_Minh) on which records were sealed, both included; left out: without that bound. */
export interface ExportPeriod {
  from?: string;
  to?: string;
}

/** Last record before a day, and last one of a day; `$1` null: no bound. */
const BEFORE_DAY = `SELECT max(sequence) AS sequence FROM exchange_record
  WHERE sealed_at < ($1::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')`;
const UP_TO_DAY = `SELECT max(sequence) AS sequence FROM exchange_record
  WHERE sealed_at < (($1::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')`;

/** Copies of the log for whoever verifies it elsewhere. */
@Injectable()
export class LogExport {
  constructor(
    private readonly chain: ChainReader,
    private readonly keys: SigningKeys,
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `exchange-log-unsigned` */
  async file(period: ExportPeriod): Promise<AsyncGenerator<Buffer>> {
    const signer = await this.signer();
    return logFile(this.chain, await this.range(period), signer);
  }

  /** @throws problem `exchange-log-unsigned` */
  async signer(): Promise<FileSigner> {
    const key = this.keys.current();
    const keys = await this.chain.keys();
    if (key?.id !== keys.at(-1)?.id || !key) throw exchangeLogProblem('exchange-log-unsigned');
    return { key, keys, at: this.clock.now().toISOString() };
  }

  /**
   * The way from a message's record to the next signature, in the text that `verify-exchange-log` reads.
   *
   * @param find names the message among those of the record
   * @throws problem `not-found`, `record-archived`, `record-not-signed-yet`, `message-not-in-record`
   */
  async receipt(sequence: number, message: string): Promise<string> {
    const record = await this.chain.record(sequence);
    const content = JSON.parse(record.line) as { messages?: RecordedName[] };
    const found = content.messages?.find(
      ({ id, sequence: place }) => id === message || String(place) === message,
    );
    if (!found) throw exchangeLogProblem('message-not-in-record', { sequence, message });
    const checkpoint = await this.chain.checkpointFor(sequence);
    if (!checkpoint) throw exchangeLogProblem('record-not-signed-yet', { sequence });
    const { log } = await this.chain.end();
    const keys = await this.chain.keys();
    return canonical({
      receipt: {
        type: 'receipt',
        log,
        message: { sequence: found.sequence, id: found.id, digest: found.digest },
        record: content,
        previousHash: await this.chain.hashAt(sequence - 1, log),
        following: await this.chain.lineHashes(sequence, checkpoint.sequence),
        checkpoint: JSON.parse(checkpoint.line) as object,
        signature: checkpoint.signature,
        keys: keys.map(({ id, publicKey }) => ({ id, publicKey })),
      },
    });
  }

  private async range({ from, to }: ExportPeriod): Promise<FileRange> {
    const { log, sequence: last } = await this.chain.end();
    const anchor = await this.chain.anchor(log);
    const before = from === undefined ? null : await this.last(BEFORE_DAY, from);
    const until = to === undefined ? last : await this.last(UP_TO_DAY, to);
    const previous = Math.max(before ?? 0, anchor.sequence);
    return {
      log,
      firstSequence: previous + 1,
      lastSequence: Math.max(until ?? 0, previous),
      previousHash: previous === anchor.sequence ? anchor.hash : await this.chain.hashAt(previous, log),
    };
  }

  private async last(query: string, day: string): Promise<number | null> {
    const [row] = await this.transactions.manager.query<{ sequence: string | null }[]>(query, [day]);
    return row?.sequence == null ? null : Number(row.sequence);
  }
}

interface RecordedName {
  sequence: number;
  id: string | null;
  digest: string | null;
}
