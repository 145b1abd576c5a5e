import { PORT_OFFSETS } from '#libs/contracts';
import { isFreePort } from '../../deploy/embedded/free-port.js';

/** Above the ports of `freePort`, and below those that systems hand out to connections. */
const FIRST_BASE = 30_000;
const BASES = 340;
const PORTS_OF_ONE = 8;

/**
 * A port base with room for all processes. A system takes seconds from choosing its ports to listening on them: each
 * worker of the tests begins to look in another place.
 */
export async function freePortBase(): Promise<number> {
  for (let place = process.pid; ; place += 1) {
    const base = FIRST_BASE + (place % BASES) * PORTS_OF_ONE;
    const free = await Promise.all(Object.values(PORT_OFFSETS).map((offset) => isFreePort(base + offset)));
    if (free.every(Boolean)) return base;
  }
}
