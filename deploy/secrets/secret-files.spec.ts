import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { secretFrom } from './secret-files.js';

describe('secretFrom', () => {
  it('makes a secret once, readable by its user alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ioc-secret-'));
    const file = join(folder, 'deep', 'secret');
    const secret = secretFrom(file);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(secretFrom(file)).toBe(secret);
    expect(readFileSync(file, 'utf8')).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});
