import { describe, expect, it } from '@jest/globals';
import { SecretSealer } from './secret-sealer.js';

const [OLD, NEW] = ['an earlier secret of thirty characters', 'a newer secret of thirty characters'];

describe('sealed secrets', () => {
  const sealer = new SecretSealer('THE_KEY', [NEW]);

  it('open for what they were sealed for, each time under another seal', () => {
    const sealed = sealer.seal('khóa', 'grant-1');
    expect(sealed).not.toBe(sealer.seal('khóa', 'grant-1'));
    expect(sealer.open(sealed, 'grant-1')).toEqual({ text: 'khóa', isCurrent: true });
    expect(() => sealer.open(sealed, 'grant-2')).toThrow('THE_KEY');
  });

  it('do not open when a bit was changed, anywhere', () => {
    const bytes = Buffer.from(sealer.seal('secret'), 'base64url');
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      expect(() => sealer.open(changed.toString('base64url'))).toThrow('another THE_KEY, or altered');
    }
    expect(() => sealer.open('short')).toThrow('another THE_KEY, or altered');
  });

  it('open with the key before it, which seals nothing any more', () => {
    const rotated = new SecretSealer('THE_KEY', [NEW, OLD]);
    const before = new SecretSealer('THE_KEY', [OLD]);
    expect(rotated.open(before.seal('secret'))).toEqual({ text: 'secret', isCurrent: false });
    expect(() => before.open(rotated.seal('secret'))).toThrow('another THE_KEY');
  });

  it('are neither made nor opened without a key', () => {
    const without = new SecretSealer('THE_KEY', []);
    expect(without.canSeal).toBe(false);
    expect(() => without.seal('secret')).toThrow('THE_KEY is not set');
    expect(() => without.open(sealer.seal('secret'))).toThrow('Set THE_KEY to the secret it was sealed with');
  });
});
