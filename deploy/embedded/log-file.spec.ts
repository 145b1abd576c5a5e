import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogFile } from './log-file.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('LogFile', () => {
  it('moves a log aside once it is too long, and nothing before', () => {
    const log = new LogFile(join(folder, 'tasks.log'), 100);
    appendFileSync(log.file, 'short\n');
    log.shorten();
    expect(readFileSync(log.file, 'utf8')).toBe('short\n');
    appendFileSync(log.file, 'x'.repeat(100));
    log.shorten();
    appendFileSync(log.file, 'after\n');
    expect(readFileSync(log.file, 'utf8')).toBe('after\n');
    expect(readFileSync(`${log.file}.1`, 'utf8')).toBe(`short\n${'x'.repeat(100)}`);
  });

  it('keeps the lines of the last start beside those of this one', () => {
    const before = new LogFile(join(folder, 'tasks.log'));
    appendFileSync(before.file, 'before\n');
    const log = new LogFile(before.file);
    appendFileSync(log.file, 'one\ntwo\nthree\n');
    expect(log.tail(2)).toBe('two\nthree');
    expect(readFileSync(`${log.file}.1`, 'utf8')).toBe('before\n');
  });
});
