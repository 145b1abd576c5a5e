import { useId } from 'react';

/** A name and what it is; values of the machine are set apart in a fixed-width font. */
export interface Fact {
  name: string;
  value: string;
  isCode?: boolean;
}

export function Facts({ heading, facts }: { heading: string; facts: readonly Fact[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      <dl className="facts">
        {facts.map(({ name, value, isCode = false }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
