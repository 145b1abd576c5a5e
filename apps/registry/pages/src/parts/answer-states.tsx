import type { ApiFailure } from '../api/log-api.js';
import { useWords } from '../words/language.js';

export function Loading() {
  return (
    <p className="loading" role="status">
      {useWords().loading}
    </p>
  );
}

interface FailureProps {
  failure: ApiFailure;
  again: () => void;
  /** Below a heading of the page: h2. */
  heading?: 'h1' | 'h2';
}

/** Why there is nothing to show, and what to do about it. */
export function Failure({ failure, again, heading: Heading = 'h1' }: FailureProps) {
  const { failure: words } = useWords();
  const noRight = failure.status === 403;
  return (
    <section className="notice" role="alert">
      <Heading>{noRight ? words.noRightHeading : words.heading}</Heading>
      <p>{noRight ? words.noRight : wordsOf(failure, words.unreachable)}</p>
      {!noRight && (
        <button type="button" className="button" onClick={again}>
          {words.again}
        </button>
      )}
    </section>
  );
}

/** The API's own words, where it has spoken. */
export function wordsOf({ status, title, message }: ApiFailure, unreachable: string): string {
  return status === 0 ? unreachable : [title, message].filter((part) => part !== '').join('. ');
}
