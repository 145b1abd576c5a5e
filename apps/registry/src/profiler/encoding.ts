import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';
import { TextDecoder } from 'node:util';

/** Passes a text on in UTF-8, whatever it is written in, and counts the places that are no text. */
export abstract class EncodingCheck extends Transform {
  /** Places that are no text in the encoding. */
  errors = 0;
  /** Bytes that came. */
  bytes = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    done(null, this.pass(chunk));
  }

  protected abstract pass(chunk: Buffer): Buffer;
}

/** @param encoding as the WHATWG names it, such as utf-8, utf-16le, windows-1258. @throws RangeError when it is none */
export function encodingCheck(encoding: string): EncodingCheck {
  const decoder = new TextDecoder(encoding);
  return decoder.encoding === 'utf-8' ? new Utf8Check() : new Recoding(decoder);
}

class Utf8Check extends EncodingCheck {
  private rest: Buffer = Buffer.alloc(0);

  protected pass(chunk: Buffer): Buffer {
    const content = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const end = content.length - unfinished(content);
    this.count(content.subarray(0, end));
    this.rest = Buffer.from(content.subarray(end));
    return chunk;
  }

  override _flush(done: TransformCallback): void {
    this.count(this.rest);
    done();
  }

  private count(content: Buffer): void {
    if (isUtf8(content)) return;
    // Every fault is decoded as U+FFFD; those that the text itself has are none.
    this.errors +=
      occurrences(new TextDecoder().decode(content)) - occurrences(content.toString('latin1'), 'ï¿½');
  }
}

/** U+FFFD as it stands in a text; in encodings without Unicode it cannot. */
const WRITTEN_FFFD: Readonly<Record<string, Buffer>> = {
  'utf-16le': Buffer.from([0xfd, 0xff]),
  'utf-16be': Buffer.from([0xff, 0xfd]),
};

class Recoding extends EncodingCheck {
  /** The first half of a code unit that the next chunk ends. */
  private half: Buffer = Buffer.alloc(0);

  constructor(private readonly decoder: TextDecoder) {
    super();
  }

  protected pass(chunk: Buffer): Buffer {
    const written = WRITTEN_FFFD[this.decoder.encoding];
    if (written) this.errors -= this.unitsOf(chunk, written);
    return this.counted(this.decoder.decode(chunk, { stream: true }));
  }

  /** How often a code unit of two bytes ends in the chunk. */
  private unitsOf(chunk: Buffer, unit: Buffer): number {
    const content = this.half.length === 0 ? chunk : Buffer.concat([this.half, chunk]);
    const end = content.length - (content.length % 2);
    this.half = Buffer.from(content.subarray(end));
    let found = 0;
    for (let at = content.indexOf(unit); at >= 0 && at < end; at = content.indexOf(unit, at + 1)) {
      if (at % 2 === 0) found += 1;
    }
    return found;
  }

  override _flush(done: TransformCallback): void {
    done(null, this.counted(this.decoder.decode()));
  }

  private counted(text: string): Buffer {
    this.errors += occurrences(text);
    return Buffer.from(text, 'utf8');
  }
}

/** Bytes at the end that begin a character which the next chunk goes on with. */
function unfinished(content: Buffer): number {
  for (let back = 1; back <= Math.min(3, content.length); back += 1) {
    const byte = content[content.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

function occurrences(text: string, part = '\uFFFD'): number {
  return text.split(part).length - 1;
}
