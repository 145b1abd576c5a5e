import { useEffect } from 'react';
import { apiQuery, areTimes, type Criteria, NO_CRITERIA, searchAddress } from '../address.js';
import type { RecordPage } from '../api/answers.js';
import { useAnswer } from '../api/use-answer.js';
import { Failure, Loading } from '../parts/answer-states.js';
import { Link } from '../parts/link.js';
import { useNumber, useWords } from '../words/language.js';
import { noteSearch } from './last-search.js';
import { ResultsTable } from './results-table.js';
import { SearchForm } from './search-form.js';

const PAGE_SIZE = 50;

interface SearchPageProps {
  criteria: Criteria;
  cursor: string | null;
}

export function SearchPage({ criteria, cursor }: SearchPageProps) {
  const address = searchAddress(criteria, cursor);
  useEffect(() => {
    noteSearch(address);
  }, [address]);
  return (
    <>
      <SearchForm key={searchAddress(criteria)} criteria={criteria} />
      {/* Times that cannot be read are for the form to complain of. */}
      {areTimes(criteria) && <Found criteria={criteria} cursor={cursor} />}
    </>
  );
}

function Found({ criteria, cursor }: SearchPageProps) {
  const { results } = useWords();
  const [records, again] = useAnswer<RecordPage>(`exchange-records?${apiQuery(criteria, cursor, PAGE_SIZE)}`);
  return (
    <section className="results" aria-labelledby="results-heading">
      <h2 id="results-heading">{results.heading}</h2>
      {records.state === 'loading' && <Loading />}
      {records.state === 'failed' && <Failure failure={records.failure} again={again} heading="h2" />}
      {records.state === 'ready' && <Results page={records.value} criteria={criteria} cursor={cursor} />}
    </section>
  );
}

function Results({ page: { items, nextCursor }, criteria, cursor }: SearchPageProps & { page: RecordPage }) {
  const { results } = useWords();
  const number = useNumber();
  if (items.length === 0 && cursor === null) return <Nothing criteria={criteria} />;
  return (
    <>
      <p className="quiet" role="status">
        {results.shown(number(items.length))}
      </p>
      <ResultsTable records={items} />
      <nav className="leafing" aria-label={results.heading}>
        {cursor !== null && <Link to={searchAddress(criteria)}>{results.newest}</Link>}
        {nextCursor !== null && <Link to={searchAddress(criteria, nextCursor)}>{results.older}</Link>}
      </nav>
    </>
  );
}

function Nothing({ criteria }: { criteria: Criteria }) {
  const { results, search } = useWords();
  const isWhole = searchAddress(criteria) === searchAddress(NO_CRITERIA);
  return (
    <div className="nothing" role="status">
      <p>
        <strong>{results.emptyHeading}</strong>
      </p>
      <p>{isWhole ? results.emptyLog : results.empty}</p>
      {!isWhole && <Link to={searchAddress(NO_CRITERIA)}>{search.clear}</Link>}
    </div>
  );
}
