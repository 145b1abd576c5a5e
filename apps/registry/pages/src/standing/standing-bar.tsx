import { useEffect, useRef } from 'react';
import type { LogStanding } from '../api/answers.js';
import { useAnswer } from '../api/use-answer.js';
import { useAgencyName } from '../parts/names.js';
import { Mark } from '../parts/outcome.js';
import { SaveButton } from '../parts/save-button.js';
import { dayOf, showInstant, showTime } from '../times.js';
import { useNumber, useWords } from '../words/language.js';

const REFRESH_MS = 30_000;

/** Whether the log holds, before anything else; beside the search also what passed lately. */
export function StandingBar({ withTotals }: { withTotals: boolean }) {
  const [standing, again] = useAnswer<LogStanding>('exchange-log/standing');
  const words = useWords();
  const agencyName = useAgencyName();
  const refresh = useRef(again);
  useEffect(() => {
    const timer = setInterval(() => {
      refresh.current();
    }, REFRESH_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  if (standing.state !== 'ready') return null;
  const { agency, seesAll, chain, today, hour } = standing.value;
  return (
    <section className="standing" aria-label={words.standing.heading}>
      <ChainStanding chain={chain} />
      {withTotals && (
        <div className="totals">
          <Totals label={words.standing.today} totals={today} />
          <Totals label={words.standing.hour} totals={hour} />
          <div className="totals-end">
            <StatisticsExport />
            <span className="quiet">{seesAll ? words.seesAll : words.seesOwn(agencyName(agency ?? ''))}</span>
          </div>
        </div>
      )}
    </section>
  );
}

function ChainStanding({ chain }: { chain: LogStanding['chain'] }) {
  const { standing } = useWords();
  const number = useNumber();
  const { sequence, signedUpTo, verifiedAt, fault } = chain;
  const at = verifiedAt === null ? null : showInstant(verifiedAt);
  if (fault !== null) {
    return (
      <div className="chain broken" role="alert">
        <p className="chain-state">
          <Mark tone="bad" /> {standing.broken}
        </p>
        <p>
          <strong>{standing.brokenAt(number(fault.sequence), standing.faults[fault.what])}</strong>{' '}
          {at !== null && standing.foundAt(at)}
        </p>
        <p>{standing.brokenDo}</p>
      </div>
    );
  }
  return (
    <p className={at === null ? 'chain unknown' : 'chain'}>
      <span className="chain-state">
        <Mark tone={at === null ? 'neutral' : 'good'} /> {at === null ? standing.unknown : standing.holds}
      </span>{' '}
      <span>{at === null ? standing.verifiesSoon : standing.verifiedAt(at)}</span>{' '}
      <span className="quiet">{standing.length(number(sequence), number(signedUpTo))}</span>
    </p>
  );
}

function Totals({ label, totals }: { label: string; totals: LogStanding['today'] }) {
  const { standing } = useWords();
  const number = useNumber();
  return (
    <p className="total">
      <span className="quiet">{label}</span>
      <strong>{standing.messages(number(totals.messages))}</strong>
      <span>{standing.deliveries(number(totals.deliveries))}</span>
      <span className="total-bad">
        {standing.refusals(number(totals.refusals))} · {standing.denied(number(totals.denied))}
      </span>
    </p>
  );
}

/** Of the present month, up to today. */
function StatisticsExport() {
  const { standing } = useWords();
  const to = dayOf(Date.now());
  const from = `${to.slice(0, 8)}01`;
  return (
    <SaveButton path={`exchange-statistics.csv?from=${from}&to=${to}`} name={`${from}_${to}.csv`}>
      {standing.statistics(showTime(from), showTime(to))}
    </SaveButton>
  );
}
