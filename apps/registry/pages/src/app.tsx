import { useEffect, useState } from 'react';
import { Entrance } from './session/entrance.js';
import { Inside } from './inside.js';
import { useSession, useSessionState } from './session/use-session.js';
import { keepLanguage, keptLanguage, type Language, LanguageContext, useWords } from './words/language.js';

export function App() {
  const [language, setLanguage] = useState<Language>(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const switchLanguage = (): void => {
    const other = language === 'vi' ? 'en' : 'vi';
    keepLanguage(other);
    setLanguage(other);
  };
  return (
    <LanguageContext value={language}>
      <Frame onLanguage={switchLanguage} />
    </LanguageContext>
  );
}

/** Header and content. Without a login there is no more than the way to it. */
function Frame({ onLanguage }: { onLanguage: () => void }) {
  const words = useWords();
  const session = useSession();
  const state = useSessionState();
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="head">
        <a className="head-title" href="./">
          {words.title}
        </a>
        <div className="head-tools">
          {state.kind === 'in' && (
            <>
              <span className="person" title={words.person}>
                {state.name}
              </span>
              <button type="button" className="on-dark" onClick={() => void session.logOut()}>
                {words.logOut}
              </button>
            </>
          )}
          <button
            type="button"
            className="on-dark"
            lang={words.otherLanguage === 'English' ? 'en' : 'vi'}
            onClick={onLanguage}
          >
            {words.otherLanguage}
          </button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {state.kind === 'in' ? <Inside /> : <Entrance state={state} />}
      </main>
    </>
  );
}
