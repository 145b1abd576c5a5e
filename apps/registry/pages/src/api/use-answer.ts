import { createContext, useContext, useEffect, useState } from 'react';
import { ApiFailure, type LogApi } from './log-api.js';

export const ApiContext = createContext<LogApi | null>(null);

export function useApi(): LogApi {
  const api = useContext(ApiContext);
  if (!api) throw new Error('no API around this part');
  return api;
}

/** Where a question to the API stands. */
type Answer<T> =
  { state: 'loading' } | { state: 'failed'; failure: ApiFailure } | { state: 'ready'; value: T };

interface Kept<T> {
  path: string;
  answer: Answer<T>;
}

/**
 * Asks the API, anew whenever the path changes, and on demand: meanwhile the last answer stays.
 *
 * @returns the answer, and the way to ask again
 */
export function useAnswer<T>(path: string): [answer: Answer<T>, again: () => void] {
  const api = useApi();
  const [attempt, setAttempt] = useState(0);
  const [kept, setKept] = useState<Kept<T> | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    api.read<T>(path, stop.signal).then(
      (value) => {
        setKept({ path, answer: { state: 'ready', value } });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const failure = error instanceof ApiFailure ? error : new ApiFailure(0, '', String(error));
        setKept({ path, answer: { state: 'failed', failure } });
      },
    );
    return () => {
      stop.abort();
    };
  }, [api, path, attempt]);
  const again = (): void => {
    setAttempt((before) => before + 1);
  };
  return [kept?.path === path ? kept.answer : { state: 'loading' }, again];
}
