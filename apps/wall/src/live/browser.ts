import type { Overview } from '#libs/contracts';
import type { LinkEnvironment, Reading } from './link.js';

/** A read that takes longer has failed: the link must go on trying. */
const READ_TIMEOUT_MS = 10_000;

/** The link's environment in a real browser; the display's cookie goes with every request. */
export function browserEnvironment(year: number | null): LinkEnvironment {
  const query = year === null ? '' : `?year=${year}`;
  return {
    openStream: () => new EventSource(`/ioc/v1/stream${query}`),
    readOverview: () => readOverview(`/ioc/v1/overview${query}`),
    later: (delay, callback) => {
      const timer = setTimeout(callback, delay);
      return () => {
        clearTimeout(timer);
      };
    },
    onReopened: () => {
      void reloadWhenReplaced();
    },
  };
}

async function readOverview(address: string): Promise<Reading> {
  try {
    const signal = AbortSignal.timeout(READ_TIMEOUT_MS);
    const answer = await fetch(address, {
      signal,
      cache: 'no-store',
      headers: { accept: 'application/json' },
    });
    if (answer.status === 401 || answer.status === 403) return { kind: 'unauthorised' };
    if (!answer.ok) return { kind: 'failed' };
    return { kind: 'overview', overview: (await answer.json()) as Overview };
  } catch {
    return { kind: 'failed' };
  }
}

/**
 * After an update of the system the gateway serves a new wall, and nobody comes to reload this one: when the page now
 * served names another script than the one that runs here, it is loaded.
 */
async function reloadWhenReplaced(): Promise<void> {
  const running = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.getAttribute('src');
  if (!running) return;
  try {
    const answer = await fetch('/', { signal: AbortSignal.timeout(READ_TIMEOUT_MS), cache: 'no-store' });
    const page = answer.ok ? await answer.text() : '';
    // Only a page that is a wall counts: an error page of something in between must not be loaded.
    if (page.includes('id="wall"') && !page.includes(running)) location.reload();
  } catch {
    // Looked at again when the link opens the next time.
  }
}
