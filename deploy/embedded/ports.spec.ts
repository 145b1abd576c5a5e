import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePortBase } from '../../test/support/port-base.js';
import { freePort } from './free-port.js';
import { choosePorts } from './ports.js';

const servers: Server[] = [];

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  servers.push(server);
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('choosePorts', () => {
  it('gives each process its place after the base, and keeps the internal ports of the last start', async () => {
    const base = await freePortBase();
    const [postgres, nats] = [await freePort(), await freePort()];
    const said: string[] = [];
    const ports = await choosePorts(base, { postgres, nats }, (text) => said.push(text));
    expect(ports).toMatchObject({
      postgres,
      nats,
      processes: { gateway: base, tasks: base + 1, identity: base + 5 },
    });
    expect(said).toEqual([]);
  });

  it('replaces a busy port by a free one and says so', async () => {
    const base = await freePortBase();
    await occupy(base);
    const said: string[] = [];
    const ports = await choosePorts(base, { postgres: base }, (text) => said.push(text));
    expect(ports.processes.gateway).not.toBe(base);
    expect(ports.postgres).not.toBe(base);
    expect(said).toEqual([`Port ${base} is in use; gateway takes ${ports.processes.gateway} instead.`]);
    const all = [...Object.values(ports.processes), ports.postgres, ports.nats];
    expect(new Set(all).size).toBe(all.length);
  });
});
