import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataDir } from './data-dir.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the lock of a data folder', () => {
  it('refuses a second launcher while the first runs, and says how to stop that one', () => {
    const release = new DataDir(folder).lock();
    expect(() => new DataDir(folder).lock()).toThrow(
      new RegExp(`process ${process.pid}.*kill ${process.pid}`),
    );
    release();
    expect(new DataDir(folder).holder()).toBeUndefined();
  });

  it('does not count when its launcher was killed, even if another process has got the number', () => {
    writeFileSync(join(folder, 'launcher.lock'), `${process.pid} 00000000-another-boot-1\n`);
    expect(() => new DataDir(folder).lock()).not.toThrow();
  });
});
