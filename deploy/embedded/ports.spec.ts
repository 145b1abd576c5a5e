import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PORT_OFFSETS } from '#libs/contracts';
import { freePort, isFreePort } from './free-port.js';
import { choosePorts } from './ports.js';

const servers: Server[] = [];

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  servers.push(server);
}

/** A base with room for all processes, below the ports that the system hands out to others meanwhile. */
async function freeBase(): Promise<number> {
  for (;;) {
    const base = 30_000 + Math.floor(Math.random() * 2_700);
    const free = await Promise.all(Object.values(PORT_OFFSETS).map((offset) => isFreePort(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('choosePorts', () => {
  it('gives each process its place after the base, and keeps the internal ports of the last start', async () => {
    const base = await freeBase();
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
    const base = await freeBase();
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
