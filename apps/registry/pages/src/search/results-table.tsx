import { recordAddress } from '../address.js';
import { contentOf, type RecordItem } from '../api/answers.js';
import { Link } from '../parts/link.js';
import { useAgencyName, useDatasetTitle } from '../parts/names.js';
import { Outcome } from '../parts/outcome.js';
import { showInstant } from '../times.js';
import { useNumber, useWords } from '../words/language.js';
import { useReason } from '../words/reasons.js';

export function ResultsTable({ records }: { records: readonly RecordItem[] }) {
  const { results } = useWords();
  const heads = ['sequence', 'time', 'kind', 'parties', 'dataset', 'purpose', 'count', 'range'] as const;
  return (
    <div className="table" role="region" tabIndex={0} aria-labelledby="results-heading">
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className={head === 'count' ? 'number' : undefined}>
                {results[head]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Row key={record.sequence} record={record} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ record }: { record: RecordItem }) {
  const { results } = useWords();
  const number = useNumber();
  const { sequence, sealedAt, count } = record;
  const line = useLine(record);
  return (
    <tr>
      <th scope="row">
        <Link to={recordAddress(sequence)} label={results.open(number(sequence))}>
          {number(sequence)}
        </Link>
      </th>
      <td className="time">{showInstant(sealedAt)}</td>
      <td className="kind">
        <Outcome record={record} />
      </td>
      <td className="parties">
        {line.from}
        {line.to !== null && <span className="to">→ {line.to}</span>}
      </td>
      <td className="dataset">
        {line.dataset.title}
        {line.dataset.code !== line.dataset.title && <span className="code">{line.dataset.code}</span>}
      </td>
      <td className="purpose">{line.purpose}</td>
      <td className="number">{count === null ? '–' : number(count)}</td>
      <td className="range">{line.range}</td>
    </tr>
  );
}

interface Line {
  from: string;
  /** null: nobody but the log itself. */
  to: string | null;
  dataset: { title: string; code: string };
  purpose: string;
  range: string;
}

/** What the columns say of a record; each kind has its own. */
function useLine(record: RecordItem): Line {
  const words = useWords();
  const number = useNumber();
  const agencyName = useAgencyName();
  const datasetTitle = useDatasetTitle();
  const reason = useReason();
  const named = (code: string | null): string => (code ? agencyName(code) : words.notKnown);
  const dataset = (code: string | null): Line['dataset'] =>
    code ? { title: datasetTitle(code) ?? code, code } : { title: words.notKnown, code: words.notKnown };
  const range = (first: number, last: number): string =>
    first === last ? number(first) : `${number(first)} – ${number(last)}`;
  const content = contentOf(record);
  switch (content.kind) {
    case 'delivery':
      return {
        from: named(content.provider),
        to: named(content.receiver),
        dataset: dataset(content.dataset),
        purpose: content.purpose,
        range: range(content.firstSequence, content.lastSequence),
      };
    case 'refusal':
      return {
        from: named(content.provider),
        to: named(content.requester),
        dataset: dataset(content.dataset),
        purpose: `${content.reason} (${content.legalGround})`,
        range: '–',
      };
    case 'denial':
      return {
        from: named(content.provider),
        to: named(content.agency),
        dataset: dataset(content.dataset),
        purpose: `${content.attempted}: ${reason(content.why)}`,
        range: '–',
      };
    default: {
      const own = { title: '–', code: '–' };
      return { from: words.wholeLog, to: null, dataset: own, purpose: reason(ownWords(content)), range: '–' };
    }
  }
}

/** What records about the log itself tell. */
function ownWords(
  content: Exclude<ReturnType<typeof contentOf>, { kind: 'delivery' | 'refusal' | 'denial' }>,
) {
  switch (content.kind) {
    case 'gap':
      return content.why;
    case 'archive':
      return content.file;
    case 'key-change':
      return content.to;
  }
}
