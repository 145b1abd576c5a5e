import { canonical, nextHash, sha256 } from './canonical.js';
import { type Fault, fault, type FaultCode } from './faults.js';
import { Gaps } from './gaps.js';
import type { KeyChange, PublicKey, SignatureState, TrustedKeys } from './trusted-keys.js';

interface Opening {
  type: 'opening';
  log: string;
  firstSequence: number;
  previousHash: string;
  keys: PublicKey[];
  key: string;
}

interface Closing {
  type: 'closing';
  log: string;
  firstSequence: number;
  lastSequence: number;
  hash: string;
  key: string;
}

interface Checkpoint {
  log: string;
  sequence: number;
  hash: string;
  key: string;
}

interface LogRecord {
  sequence: number;
  sealedAt: string;
  kind: string;
}

/** A line of a file, whichever it is. */
interface Line {
  file?: Opening | Closing;
  checkpoint?: Checkpoint;
  signature?: string;
  hash?: string;
  previous?: string;
  record?: LogRecord;
}

/** A file that is no log at all has one in every line; nobody reads them all. */
const MAX_FAULTS = 1_000;

/** Checks one file of the log line by line, holding nothing but where it is. */
export class FileCheck {
  readonly faults: Fault[] = [];
  opening: Opening | null = null;
  /** Hash of the newest record so far; of the one before the file in the beginning. */
  hash = '';
  lastSequence = 0;
  private openingSignature = '';
  private closed = false;
  private line = 0;
  private sealedAt = '';
  /** The last record of which a signature said that everything up to it is genuine. */
  private signedUpTo = 0;
  /** Records that have been passed over; one that comes later was reordered, the others are missing. */
  private readonly gaps = new Gaps();

  /**
   * @param keys whose signatures count
   * @param watch is told of every record
   */
  constructor(
    private readonly keys: TrustedKeys,
    private readonly watch: (sequence: number, hash: string, record: unknown) => void,
  ) {}

  take(text: string): void {
    this.line += 1;
    if (this.closed) {
      this.add('lines-after-end', this.lastSequence, { line: this.line });
      return;
    }
    try {
      this.takeLine(parse(text));
    } catch {
      this.add('unreadable', this.lastSequence + 1, { line: this.line });
    }
  }

  /** To be called behind the last line. */
  end(): void {
    if (!this.closed && this.opening) this.add('cut-off', this.lastSequence);
    this.checkOpening();
    for (const { first, last } of this.gaps.ranges) this.add('records-missing', first, { last });
  }

  /** @throws Error for a line that is none of the log's, or that lacks a part */
  private takeLine({ record, previous = '', hash = '', checkpoint, file, signature = '' }: Line): void {
    if (record) this.takeRecord(record, previous, hash);
    else if (checkpoint) this.takeCheckpoint(checkpoint, signature);
    else if (file?.type === 'opening') this.open(file, signature);
    else if (file?.type === 'closing') this.close(file, signature);
    else throw new Error('no line of a log');
  }

  private open(opening: Opening, signature: string): void {
    this.opening = opening;
    this.hash = opening.previousHash;
    this.lastSequence = opening.firstSequence - 1;
    this.signedUpTo = this.lastSequence;
    this.openingSignature = signature;
    this.keys.offer(opening.keys, opening.key, canonical(opening), signature);
  }

  /** At the end, since the key that signed it may be one that the records hand over to. */
  private checkOpening(): void {
    if (!this.opening) {
      this.add('not-opened', 1);
      return;
    }
    const { key, firstSequence } = this.opening;
    const state = this.keys.check(key, canonical(this.opening), this.openingSignature);
    this.addSignatureFault(state, 'opening-altered', firstSequence, key);
  }

  private takeRecord(record: LogRecord, previous: string, hash: string): void {
    const { sequence } = record;
    if (!Number.isSafeInteger(sequence)) throw new Error('no place in the chain');
    if (nextHash(previous, sha256(canonical(record))) !== hash) this.add('record-altered', sequence);
    const expected = this.lastSequence + 1;
    if (sequence < expected) {
      if (this.gaps.fill(sequence)) this.add('record-out-of-order', sequence, { after: this.lastSequence });
      else this.add('record-twice', sequence);
      return;
    }
    if (sequence > expected) this.gaps.add(expected, sequence - 1);
    else if (previous !== this.hash) this.addBrokenLink(sequence);
    if (record.sealedAt < this.sealedAt) this.add('time-goes-back', sequence);
    this.hash = hash;
    this.sealedAt = record.sealedAt;
    this.lastSequence = sequence;
    this.watch(sequence, hash, record);
    if (record.kind === 'key-change') this.takeKeyChange(sequence, record as LogRecord & KeyChange);
  }

  /** What a record says of the one before it tells which of the two was replaced together with its own hash. */
  private addBrokenLink(sequence: number): void {
    const replaced = sequence === this.opening?.firstSequence ? sequence : sequence - 1;
    if (!this.faults.some((known) => known.sequence === replaced)) this.add('record-altered', replaced);
  }

  private takeKeyChange(sequence: number, change: KeyChange): void {
    const log = this.opening?.log ?? '';
    if (!this.keys.change(log, change)) this.add('key-not-vouched-for', sequence, { key: change.to });
  }

  private takeCheckpoint(checkpoint: Checkpoint, signature: string): void {
    const { sequence, hash, key, log } = checkpoint;
    const state = this.keys.check(key, canonical(checkpoint), signature);
    this.addSignatureFault(state, 'checkpoint-altered', sequence, key);
    if (state !== 'good') return;
    this.compare(sequence, sequence === this.lastSequence && hash === this.hash && log === this.opening?.log);
  }

  private close(closing: Closing, signature: string): void {
    this.closed = true;
    const { log, firstSequence, lastSequence, hash, key } = closing;
    const state = this.keys.check(key, canonical(closing), signature);
    this.addSignatureFault(state, 'closing-altered', lastSequence, key);
    if (state !== 'good') return;
    if (lastSequence > this.lastSequence) this.gaps.add(this.lastSequence + 1, lastSequence);
    const isOfThisFile = log === this.opening?.log && firstSequence === this.opening.firstSequence;
    this.compare(lastSequence, hash === this.hash && isOfThisFile);
  }

  /** Where nothing else is wrong, a signed hash that is not the computed one shows that everything since was rewritten. */
  private compare(sequence: number, fits: boolean): void {
    if (!fits && this.faults.length === 0 && this.gaps.isEmpty())
      this.add('rewritten-before-checkpoint', this.signedUpTo + 1, { last: sequence });
    this.signedUpTo = sequence;
  }

  private addSignatureFault(state: SignatureState, altered: FaultCode, sequence: number, key: string): void {
    if (state !== 'good') this.add(state === 'unknown-key' ? 'unknown-key' : altered, sequence, { key });
  }

  private add(code: FaultCode, sequence: number, parameters: Record<string, string | number> = {}): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(fault(code, sequence, parameters));
  }
}

/** @throws Error unless the text is exactly what the log writes: another spelling of the same JSON is an alteration, too */
function parse(text: string): Line {
  const line: unknown = JSON.parse(text);
  if (typeof line !== 'object' || line === null || canonical(line) !== text) throw new Error('not canonical');
  return line;
}
