import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FixedClock } from '#libs/calendar';
import type { Consignment } from './carrier.js';
import { NetworkGuard } from './network-guard.js';
import { WebhookCarrier } from './webhook-carrier.js';

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

describe('a webhook', () => {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const carry = (networks: string[], address: string) => {
    const consignment: Consignment = {
      id: 'delivery',
      address,
      agency: 'STC',
      secret: 'secret',
      notice: { id: 'n', kind: 'general', about: {}, title: 't', text: 't', givenAt: new Date(0) },
    };
    return new WebhookCarrier(new NetworkGuard(networks), new FixedClock('2026-04-20')).carry(consignment);
  };

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'at %s, inside this machine, is not called',
    async (host) => {
      await expect(carry([], `http://${host}:${port}/`)).rejects.toThrow(
        'not in a network that webhooks may call',
      );
      expect(calls).toBe(0);
    },
  );

  it('is called where the administrator allows it, and a redirect is not followed', async () => {
    const networks = ['127.0.0.0/8', '::1/128'];
    await expect(carry(networks, `http://127.0.0.1:${port}/`)).rejects.toThrow('answered 302');
    expect(calls).toBe(1);
  });
});
