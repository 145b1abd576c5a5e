import { canonical } from '../chain/format.js';
import type { AnnouncedKey, ChainReader, SignedCheckpoint } from '../chain/chain-reader.js';
import type { SigningKey } from '../chain/signing-keys.js';
import { FORMAT } from '../records.js';

/** Which records a file holds. */
export interface FileRange {
  log: string;
  firstSequence: number;
  /** One less than the first for a file without records. */
  lastSequence: number;
  /** Hash of the record before the first. */
  previousHash: string;
}

/** What vouches for a file. */
export interface FileSigner {
  key: SigningKey;
  /** All keys that the chain announced so far. */
  keys: readonly AnnouncedKey[];
  /** Time that stands in the file, ISO 8601 UTC. */
  at: string;
}

/**
 * The records of a range as a file: an opening line, the records with the checkpoints between them, a closing line. The
 * first and the last line are signed, so that neither can be cut off unseen. Holds one page of records at a time.
 *
 * @throws Error when records are archived meanwhile: the file then ends without its closing line
 */
export async function* logFile(
  chain: ChainReader,
  range: FileRange,
  { key, keys, at }: FileSigner,
): AsyncGenerator<Buffer> {
  const { log, firstSequence, lastSequence } = range;
  let hash = range.previousHash;
  let reached = firstSequence - 1;
  const common = { format: FORMAT, log, firstSequence, at, key: key.id };
  const offered = keys.map(({ id, publicKey }) => ({ id, publicKey }));
  yield signedLine(key, { ...common, type: 'opening', previousHash: hash, keys: offered });
  while (reached < lastSequence) {
    const page = await chain.page(reached, lastSequence);
    // A record that is gone leaves a hole, which whoever verifies the file is to see.
    if (page.length === 0 || (await chain.anchor(log)).sequence > reached)
      throw new Error(`record ${reached + 1} is not there`);
    const lines: string[] = [];
    for (const record of page) {
      lines.push(`{"hash":"${record.hash}","previous":"${hash}","record":${record.line}}\n`);
      if (record.checkpoint) lines.push(checkpointLine(record.checkpoint));
      hash = record.hash;
      reached = record.sequence;
    }
    yield Buffer.from(lines.join(''), 'utf8');
  }
  yield signedLine(key, { ...common, type: 'closing', lastSequence, hash });
}

function signedLine(key: SigningKey, file: object): Buffer {
  const text = canonical(file);
  return Buffer.from(`{"file":${text},"signature":"${key.sign(text)}"}\n`, 'utf8');
}

function checkpointLine({ line, signature }: SignedCheckpoint): string {
  return `{"checkpoint":${line},"signature":"${signature}"}\n`;
}
