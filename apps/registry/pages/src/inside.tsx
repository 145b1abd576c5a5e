import { useEffect, useMemo, useRef } from 'react';
import { placeOf, useQuery } from './address.js';
import type { RecordNames } from './api/answers.js';
import { LogApi } from './api/log-api.js';
import { ApiContext, useAnswer } from './api/use-answer.js';
import { Failure, Loading } from './parts/answer-states.js';
import { NamesContext, namesOf } from './parts/names.js';
import { RecordPage } from './record/record-page.js';
import { SearchPage } from './search/search-page.js';
import { useSession } from './session/use-session.js';
import { StandingBar } from './standing/standing-bar.js';
import { useLanguage } from './words/language.js';

/** What people see who are logged in. */
export function Inside() {
  const session = useSession();
  const language = useLanguage();
  const api = useMemo(() => new LogApi(session, language), [session, language]);
  return (
    <ApiContext value={api}>
      <Named />
    </ApiContext>
  );
}

/** The names are asked for first: they also tell whether this person may see anything here. */
function Named() {
  const [names, again] = useAnswer<RecordNames>('exchange-log/names');
  if (names.state === 'loading') return <Loading />;
  if (names.state === 'failed') return <Failure failure={names.failure} again={again} />;
  return (
    <NamesContext value={namesOf(names.value)}>
      <PlaceInAddress />
    </NamesContext>
  );
}

function PlaceInAddress() {
  const query = useQuery();
  const first = useRef(true);
  useEffect(() => {
    // Whoever reads by ear is taken to what has changed; not when the page has just been opened.
    if (!first.current) document.getElementById('content')?.focus({ preventScroll: true });
    first.current = false;
  }, [query]);
  const place = placeOf(query);
  return (
    <>
      <StandingBar withTotals={place.page === 'search'} />
      {place.page === 'search' ? (
        <SearchPage criteria={place.criteria} cursor={place.cursor} />
      ) : (
        <RecordPage key={place.sequence} sequence={place.sequence} />
      )}
    </>
  );
}
