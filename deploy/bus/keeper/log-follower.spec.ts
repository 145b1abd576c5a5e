import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogFollower } from './log-follower.js';

let folder: string;
let log: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-follow-'));
  log = join(folder, 'nats.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function follower(): LogFollower {
  return new LogFollower(log, join(folder, 'place.json'));
}

function readAll(from: LogFollower): string[] {
  const lines: string[] = [];
  for (let part = from.next(); part; part = from.next()) {
    lines.push(...part.lines);
    part.done();
  }
  return lines;
}

describe('LogFollower', () => {
  it('reads whole lines only, and none twice', () => {
    writeFileSync(log, 'one\ntwo\nthr');
    const reader = follower();
    expect(readAll(reader)).toEqual(['one', 'two']);
    appendFileSync(log, 'ee\n');
    expect(readAll(reader)).toEqual(['three']);
    expect(readAll(reader)).toEqual([]);
  });

  it('reads again, under the same name, what was not dealt with', () => {
    writeFileSync(log, 'one\n');
    const first = follower().next();
    expect(follower().next()).toMatchObject({ lines: ['one'], name: first?.name });
  });

  it('goes on after a restart where it was', () => {
    writeFileSync(log, 'one\n');
    readAll(follower());
    appendFileSync(log, 'two\n');
    expect(readAll(follower())).toEqual(['two']);
  });

  it('reads the end of a log that was copied aside and emptied', () => {
    writeFileSync(log, 'one\n');
    readAll(follower());
    appendFileSync(log, 'two\n');
    copyFileSync(log, `${log}.1`);
    truncateSync(log, 0);
    const reader = follower();
    expect(readAll(reader)).toEqual(['two']);
    appendFileSync(log, '3\n');
    expect(readAll(reader)).toEqual(['3']);
  });

  it.each(['nats.log.1', 'nats.log.2026.11.22.11.36.14'])('reads the end of a log renamed to %s', (name) => {
    writeFileSync(log, 'one\n');
    readAll(follower());
    appendFileSync(log, 'two\n');
    renameSync(log, join(folder, name));
    writeFileSync(log, 'three\n');
    expect(readAll(follower())).toEqual(['two', 'three']);
  });

  it('waits for a log that is not there yet', () => {
    expect(follower().next()).toBeNull();
  });
});
