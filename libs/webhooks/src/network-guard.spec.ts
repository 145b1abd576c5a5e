import { describe, expect, it } from '@jest/globals';
import { NetworkGuard } from './network-guard.js';

describe('the networks that webhooks may call', () => {
  const guard = new NetworkGuard(['10.20.0.0/16', 'fd12::/16']);

  it.each(['1.1.1.1', '113.160.0.1', '2606:4700::1111', '10.20.3.4', 'fd12::1', '::ffff:10.20.3.4'])(
    'include %s',
    (address) => {
      expect(guard.permits(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.21.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    'fe80::1',
    'fd13::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'example.vn',
  ])('do not include %s', (address) => {
    expect(guard.permits(address)).toBe(false);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', 'example.vn/8', 'fd00::/129', '10.0.0.0/-1'])(
    'are not written "%s"',
    (network) => {
      expect(() => new NetworkGuard([network])).toThrow('WEBHOOK_ALLOWED_NETWORKS');
    },
  );
});
