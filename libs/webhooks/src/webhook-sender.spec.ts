import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NetworkGuard } from './network-guard.js';
import { signatureHeaders, signatureOf } from './signature.js';
import { WebhookFailure, WebhookSender } from './webhook-sender.js';

const HERE = ['127.0.0.0/8', '::1/128'];

describe('a webhook', () => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (request.url === '/breaks') request.on('end', () => request.socket.destroy()).resume();
    else response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
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

  const call = (networks: string[], address: string) =>
    new WebhookSender(new NetworkGuard(networks)).call(address, { method: 'POST', headers: {}, body: '{}' });
  const failureOf = (answer: Promise<unknown>) =>
    answer.then(
      () => null,
      (error: unknown) => error as WebhookFailure,
    );

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'at %s, inside this machine, is not called',
    async (host) => {
      const failure = await failureOf(call([], `http://${host}:${port}/`));
      expect(failure?.message).toContain('not in a network that webhooks may call');
      expect([failure?.left, calls]).toEqual([false, 0]);
    },
  );

  it('is called where the administrator allows it, and a redirect is not followed', async () => {
    expect((await call(HERE, `http://127.0.0.1:${port}/`)).status).toBe(302);
    expect(calls).toBe(1);
  });

  it('that breaks off may have what was sent to it; one that is not there has nothing', async () => {
    expect(await failureOf(call(HERE, `http://127.0.0.1:${port}/breaks`))).toMatchObject({ left: true });
    const nobody = createServer();
    await new Promise<void>((resolve) => {
      nobody.listen(0, '127.0.0.1', resolve);
    });
    const { port: closed } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    expect(await failureOf(call(HERE, `http://127.0.0.1:${closed}/`))).toMatchObject({ left: false });
  });

  it('can tell from the signature that time and content are ours', () => {
    const headers = signatureHeaders('a secret of ours', new Date(1_776_643_200_000), 'lines\n', '{}');
    expect(headers).toEqual({
      'x-ioc-timestamp': '1776643200',
      'x-ioc-signature': signatureOf('a secret of ours', '1776643200', 'lines\n{}'),
    });
    expect(signatureOf('a secret of ours', '1776643201', 'lines\n{}')).not.toBe(headers['x-ioc-signature']);
  });
});
