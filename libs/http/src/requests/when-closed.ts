import type { ServerResponse } from 'node:http';

/**
 * Calls back once the answer is over or its caller gone: at once when that is so already. A caller may leave while the
 * checks before the handler wait, and its `close` is then past for whoever begins to listen.
 */
export function whenClosed(response: ServerResponse, then: () => void): void {
  if (response.closed) then();
  else response.once('close', then);
}
