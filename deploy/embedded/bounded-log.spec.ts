import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BoundedLog } from './bounded-log.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('BoundedLog', () => {
  it('never takes more than twice its limit and ends with the newest line', () => {
    const log = new BoundedLog(join(folder, 'tasks.log'), 1_000);
    for (let line = 1; line <= 500; line++) log.write(`line ${line}\n`);
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(readFileSync(log.file, 'utf8')).toMatch(/line 499\nline 500\n$/);
    expect(log.tail(2)).toBe('line 499\nline 500');
  });

  it('keeps the lines of the last start beside those of this one', () => {
    new BoundedLog(join(folder, 'tasks.log')).write('before\n');
    const log = new BoundedLog(join(folder, 'tasks.log'));
    log.write('now\n');
    expect(readFileSync(log.file, 'utf8')).toBe('now\n');
    expect(readFileSync(`${log.file}.1`, 'utf8')).toBe('before\n');
  });
});
