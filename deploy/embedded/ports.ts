import { PORT_OFFSETS, PROCESSES } from '#libs/contracts';
import type { ProcessName } from '#libs/contracts';
import { freePort, isFreePort } from './free-port.js';

export interface Ports {
  processes: Record<ProcessName, number>;
  postgres: number;
  nats: number;
}

export type InternalPorts = Pick<Ports, 'postgres' | 'nats'>;

/**
 * Ports of all processes: those that IOC_PORT_BASE gives where they are free, else any free one, and said so. The two
 * internal ones are kept from start to start while they stay free.
 */
export async function choosePorts(
  portBase: number,
  remembered: Partial<InternalPorts>,
  say: (text: string) => void,
): Promise<Ports> {
  const taken = new Set<number>();
  const choose = async (wanted: number | undefined): Promise<number> => {
    let port = wanted !== undefined && (await isFreePort(wanted)) ? wanted : await freePort();
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    return port;
  };
  const chosen: [ProcessName, number][] = [];
  for (const name of PROCESSES) {
    const wanted = portBase + PORT_OFFSETS[name];
    const port = await choose(wanted);
    if (port !== wanted) say(`Port ${wanted} is in use; ${name} takes ${port} instead.`);
    chosen.push([name, port]);
  }
  return {
    processes: Object.fromEntries(chosen) as Record<ProcessName, number>,
    postgres: await choose(remembered.postgres),
    nats: await choose(remembered.nats),
  };
}
