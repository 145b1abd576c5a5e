import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';

/**
 * Lets the statements that are sent from here to the end of this turn of the event loop leave in one write. The driver
 * writes each by itself, and a write costs more than the statement's bytes.
 */
export function gatherWrites(client: ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => {
    stream.uncork();
  });
}
