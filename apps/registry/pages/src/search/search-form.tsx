import { type SubmitEvent, useId, useState } from 'react';
import { type Criteria, goTo, NO_CRITERIA, searchAddress } from '../address.js';
import { Link } from '../parts/link.js';
import { useDatasetTitle, useNames } from '../parts/names.js';
import { readTime, showTime } from '../times.js';
import { useWords } from '../words/language.js';
import type { Words } from '../words/vietnamese.js';

type TimeName = 'from' | 'to';

/** What is searched for. Nothing is asked until somebody sends it; then it is in the address bar. */
export function SearchForm({ criteria }: { criteria: Criteria }) {
  const { search, kinds } = useWords();
  const { agencies, datasets } = useNames();
  const datasetTitle = useDatasetTitle();
  const [written, setWritten] = useState<Criteria>(() => ({
    ...criteria,
    from: showTime(criteria.from),
    to: showTime(criteria.to),
  }));
  // An address that somebody wrote by hand may be wrong from the beginning.
  const [faults, setFaults] = useState(() => faultsOf(written, search));
  const change = (name: keyof Criteria) => (value: string) => {
    setWritten((before) => ({ ...before, [name]: value }));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const found = faultsOf(written, search);
    setFaults(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) {
      event.currentTarget.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
      return;
    }
    const { message, from, to } = written;
    const read = { message: message.trim(), from: localTime(from) ?? '', to: localTime(to) ?? '' };
    goTo(searchAddress({ ...written, ...read }));
  };
  const parties = [...agencies];
  const titles = [...datasets.keys()].map((code): [string, string] => [code, datasetTitle(code) ?? code]);
  return (
    <section aria-labelledby="search-heading">
      <h1 id="search-heading">{search.heading}</h1>
      <form className="search" onSubmit={submit} noValidate>
        {(['agency', 'provider', 'receiver'] as const).map((name) => (
          <Choice
            key={name}
            name={name}
            label={search[name]}
            options={parties}
            value={written[name]}
            onChange={change(name)}
          />
        ))}
        <Choice
          name="dataset"
          label={search.dataset}
          options={titles}
          value={written.dataset}
          onChange={change('dataset')}
        />
        <Choice
          name="kind"
          label={search.kind}
          options={Object.entries(kinds)}
          withoutCodes
          value={written.kind}
          onChange={change('kind')}
        />
        <Text name="message" label={search.message} value={written.message} onChange={change('message')} />
        {(['from', 'to'] as const).map((name) => (
          <Text
            key={name}
            name={name}
            label={search[name]}
            hint={search.timeHint}
            example={search.timeExample}
            fault={faults[name]}
            value={written[name]}
            onChange={change(name)}
          />
        ))}
        <div className="search-end">
          <button type="submit" className="button">
            {search.submit}
          </button>
          <Link to={searchAddress(NO_CRITERIA)} className="button second">
            {search.clear}
          </Link>
        </div>
      </form>
    </section>
  );
}

/** What is wrong with the times that somebody wrote, by field. */
function faultsOf(written: Criteria, words: Words['search']): Partial<Record<TimeName, string>> {
  const from = localTime(written.from);
  const to = localTime(written.to);
  const isReversed = from && to && from.slice(0, to.length) > to;
  return {
    ...(from === null ? { from: words.timeWrong } : {}),
    ...(to === null ? { to: words.timeWrong } : {}),
    ...(isReversed ? { from: words.orderWrong } : {}),
  };
}

/** Empty stays empty; null: no time. */
function localTime(written: string): string | null {
  return written.trim() === '' ? '' : readTime(written);
}

interface FieldProps {
  name: keyof Criteria;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

interface ChoiceProps extends FieldProps {
  options: readonly (readonly [code: string, name: string])[];
  withoutCodes?: boolean;
}

function Choice({ name, label, value, onChange, options, withoutCodes = false }: ChoiceProps) {
  const { search } = useWords();
  const id = useId();
  // Of an address that somebody wrote by hand, or of an agency that the list has lost.
  const isUnknown = value !== '' && !options.some(([code]) => code === value);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">{search.any}</option>
        {isUnknown && <option value={value}>{value}</option>}
        {options.map(([code, title]) => (
          <option key={code} value={code}>
            {withoutCodes || title === code ? title : `${title} (${code})`}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextProps extends FieldProps {
  hint?: string;
  example?: string;
  fault?: string | undefined;
}

function Text({ name, label, value, onChange, hint, example, fault }: TextProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        value={value}
        placeholder={example}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={fault !== undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint !== undefined && (
        <span id={`${id}-hint`} className={fault === undefined ? 'hint' : 'hint fault'}>
          {fault ?? hint}
        </span>
      )}
    </div>
  );
}
