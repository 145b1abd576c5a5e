import { useLanguage, useWords } from '../words/language.js';
import type { SessionState } from './session.js';
import { useSession } from './use-session.js';

type Outside = Exclude<SessionState, { kind: 'in' }>;

/** What people see who are not logged in: the way in, or why there is none. */
export function Entrance({ state }: { state: Outside }) {
  const { entrance, failedLogin, loading, logIn } = useWords();
  const session = useSession();
  const language = useLanguage();
  if (state.kind === 'starting') return <p role="status">{loading}</p>;
  if (state.kind === 'failed') {
    return (
      <section className="notice" role="alert">
        <h1>{failedLogin.heading}</h1>
        <p>{failedLogin[state.why]}</p>
        <p className="quiet">
          {failedLogin.detail}: <code>{state.detail}</code>
        </p>
        <a className="button" href={location.href}>
          {failedLogin.again}
        </a>
      </section>
    );
  }
  return (
    <section className="notice">
      <h1>{entrance.heading}</h1>
      {state.why === 'ended' && (
        <p className="warning" role="alert">
          {entrance.ended}
        </p>
      )}
      <p>{entrance.about}</p>
      <button type="button" className="button" onClick={() => void session.logIn(language)}>
        {logIn}
      </button>
      <p className="quiet">{entrance.account}</p>
    </section>
  );
}
