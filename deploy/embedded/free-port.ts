import { createServer } from 'node:net';

/**
 * Below the ports that systems hand out to connections (Linux from 32768 on, others from 49152): none of those takes a
 * port between its choice and its use, or while a server is stopped.
 */
const FIRST_PORT = 11_000;
const PORTS = 19_000;
/** Each process looks in a place of its own, so that two that choose at the same time choose differently. */
const PORTS_PER_PROCESS = 97;

let next = process.pid * PORTS_PER_PROCESS;

/** Whether nothing on this machine listens on the TCP port of 127.0.0.1 (or of all addresses). */
export async function isFreePort(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host, exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/** A TCP port of 127.0.0.1 that was free a moment ago, a different one at each call. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < PORTS; tried += 1) {
    const port = FIRST_PORT + (next++ % PORTS);
    if (await isFreePort(port)) return port;
  }
  throw new Error(`no port of 127.0.0.1 from ${FIRST_PORT} on is free`);
}
