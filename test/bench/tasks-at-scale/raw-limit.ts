import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Figures, measure } from './load.js';

const SERVER = fileURLToPath(new URL('./raw-server.js', import.meta.url));

/** Measures a bare route in a process of its own, with the client and the machine of all the rest. */
export async function rawLimit(bytes: number, count: number, inFlight: number): Promise<Figures> {
  const server = fork(SERVER, [String(bytes)]);
  try {
    const [url] = (await once(server, 'message')) as [string];
    const requests = Array.from({ length: count }, () => ({ path: '/', authorization: 'Bearer none' }));
    await measure(url, requests.slice(0, 200), inFlight);
    return await measure(url, requests, inFlight);
  } finally {
    server.disconnect();
  }
}
