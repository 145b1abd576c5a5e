import { once } from 'node:events';
import { createServer, get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whenClosed } from './when-closed.js';

let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

describe('whenClosed', () => {
  it('calls back when the caller leaves, and at once when it has left before', async () => {
    const arrived = once(server, 'request');
    const request = get(address).on('error', () => undefined);
    const [, response] = (await arrived) as [unknown, ServerResponse];
    const told: string[] = [];
    whenClosed(response, () => told.push('began before'));
    expect(told).toEqual([]);
    request.destroy();
    await once(response, 'close');
    expect(told).toEqual(['began before']);
    whenClosed(response, () => told.push('began after'));
    expect(told).toEqual(['began before', 'began after']);
  });
});
