import { NO_CRITERIA, searchAddress } from '../address.js';
import type { RecordDetail } from '../api/answers.js';
import { useAnswer } from '../api/use-answer.js';
import { Failure, Loading } from '../parts/answer-states.js';
import { Link } from '../parts/link.js';
import { Outcome } from '../parts/outcome.js';
import { lastSearch } from '../search/last-search.js';
import { useNumber, useWords } from '../words/language.js';
import { ChainPlace } from './chain-place.js';
import { Facts } from './facts.js';
import { MessagesTable } from './messages-table.js';
import { useRecordFacts } from './record-facts.js';
import { Verification } from './verification.js';

export function RecordPage({ sequence }: { sequence: number }) {
  const { record: words } = useWords();
  const [record, again] = useAnswer<RecordDetail>(`exchange-records/${sequence}`);
  return (
    <>
      <p>
        <Link to={lastSearch()}>{words.back}</Link>
      </p>
      {record.state === 'loading' && <Loading />}
      {record.state === 'failed' && record.failure.status === 404 && <NotFound sequence={sequence} />}
      {record.state === 'failed' && record.failure.status !== 404 && (
        <Failure failure={record.failure} again={again} />
      )}
      {record.state === 'ready' && <Detail record={record.value} />}
    </>
  );
}

function Detail({ record }: { record: RecordDetail }) {
  const { record: words } = useWords();
  const number = useNumber();
  const facts = useRecordFacts(record);
  return (
    <article>
      <h1 className="record-heading">
        {words.heading(number(record.sequence))} <Outcome record={record} />
      </h1>
      <Facts heading={words.facts} facts={facts} />
      <ChainPlace record={record} />
      {record.messages.length > 0 && <MessagesTable record={record} />}
      <Verification record={record} />
    </article>
  );
}

function NotFound({ sequence }: { sequence: number }) {
  const { failure, search } = useWords();
  const number = useNumber();
  return (
    <section className="notice" role="alert">
      <h1>{failure.notFoundHeading}</h1>
      <p>{failure.notFound(number(sequence))}</p>
      <Link to={searchAddress(NO_CRITERIA)} className="button">
        {search.heading}
      </Link>
    </section>
  );
}
