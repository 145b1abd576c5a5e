import { readFileSync } from 'node:fs';

/** A reference file is wrong; the message names the file, the place in it and what was expected. */
export class ReferenceFileError extends Error {
  constructor(file: string, where: string, expected: string) {
    super(`Reference file ${file}: ${where === '' ? '' : `${where}: `}${expected}`);
    this.name = 'ReferenceFileError';
  }
}

/** Reads one record of a reference file and refuses wrong or missing values with their place. */
export class RecordReader {
  private constructor(
    readonly file: string,
    private readonly where: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** Reads and parses the file; the top level must be an object. */
  static open(file: string): RecordReader {
    let parsed: unknown;
    try {
      parsed = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new ReferenceFileError(file, '', error instanceof Error ? error.message : 'cannot be read');
    }
    if (!isRecord(parsed)) throw new ReferenceFileError(file, '', 'must be a JSON object');
    return new RecordReader(file, '', parsed);
  }

  /** The records of a list, none left out. */
  list(name: string): RecordReader[] {
    const value = this.values[name];
    if (!Array.isArray(value) || value.length === 0) throw this.wrong(name, 'must be a list with entries');
    return value.map((entry: unknown, index) => {
      const where = `${name}[${index}]`;
      if (!isRecord(entry)) throw new ReferenceFileError(this.file, where, 'must be an object');
      return new RecordReader(this.file, where, entry);
    });
  }

  record(name: string): RecordReader {
    const value = this.values[name];
    if (!isRecord(value)) throw this.wrong(name, 'must be an object');
    return new RecordReader(this.file, name, value);
  }

  /** A text that is not blank, in NFC; with a pattern, one that matches it. */
  text(name: string, pattern?: RegExp): string {
    const value = this.values[name];
    if (typeof value !== 'string' || value.trim() === '') throw this.wrong(name, 'must be a text');
    if (pattern && !pattern.test(value)) throw this.wrong(name, `"${value}" must match ${pattern.source}`);
    return value.normalize('NFC');
  }

  textOrNull(name: string, pattern?: RegExp): string | null {
    return this.values[name] === null ? null : this.text(name, pattern);
  }

  /** An absent list is empty. */
  texts(name: string): string[] {
    const value = this.values[name] ?? [];
    if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'string')) {
      throw this.wrong(name, 'must be a list of texts');
    }
    return value.map((entry) => entry.normalize('NFC'));
  }

  number(name: string, minimum: number, maximum: number): number {
    const value = this.values[name];
    if (typeof value !== 'number' || !(value >= minimum && value <= maximum)) {
      throw this.wrong(name, `must be a number from ${minimum} to ${maximum}`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = this.values[name];
    if (typeof value !== 'boolean') throw this.wrong(name, 'must be true or false');
    return value;
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value {
    const value = this.values[name];
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw this.wrong(name, `must be one of ${allowed.join(', ')}`);
    return found;
  }

  manyOf<Value extends string>(name: string, allowed: readonly Value[]): Value[] {
    return this.texts(name).map((text) => {
      const found = allowed.find((candidate) => candidate === text);
      if (found === undefined) throw this.wrong(name, `"${text}" must be one of ${allowed.join(', ')}`);
      return found;
    });
  }

  /** A calendar day that exists, yyyy-MM-dd. */
  day(name: string): string {
    const value = this.text(name, /^\d{4}-\d{2}-\d{2}$/);
    const parsed = new Date(`${value}T00:00:00Z`);
    if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
      throw this.wrong(name, `"${value}" is not a day of the calendar`);
    }
    return value;
  }

  wrong(name: string, expected: string): ReferenceFileError {
    return new ReferenceFileError(this.file, this.where === '' ? name : `${this.where}.${name}`, expected);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
