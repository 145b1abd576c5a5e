import type { ReactNode } from 'react';
import { formatMoment, instantOf } from '../format/times.js';
import { stalenessOf, type ServiceName } from '../live/trust.js';
import { useWall } from '../live/use-wall.js';
import { Changing } from './changing.js';
import { Digits } from './digits.js';

interface PanelProps {
  /** The service whose data the panel shows: it decides whether the panel is old. */
  service: ServiceName;
  title: string;
  /** A figure that the title begins with. */
  count?: string;
  /** Time of the newest event in the data, ISO 8601; null before the first. */
  sourceTime: string | null;
  /** Grid class of the panel. */
  className: string;
  children: ReactNode;
}

/** A part of the scene: says its source's own time, and turns grey when its source can no longer be trusted. */
export function Panel({ service, title, count, sourceTime, className, children }: PanelProps) {
  const old = useWall((state, now) => {
    const staleness = stalenessOf(state.completeUntil, service, now);
    if (!staleness.stale) return null;
    return staleness.since === null ? 'dữ liệu cũ' : `dữ liệu cũ từ ${formatMoment(staleness.since, now)}`;
  });
  const time = useWall((_, now) => {
    const instant = instantOf(sourceTime);
    return instant === null ? 'chưa có dữ liệu' : formatMoment(instant, now);
  });
  return (
    <section className={`panel ${className}`} data-stale={old === null ? undefined : true} aria-label={title}>
      <header className="panel-head">
        <h2>
          {count !== undefined && <Changing text={count} />} {title}
        </h2>
        <span className="source-time">
          <Digits text={old ?? time} />
        </span>
      </header>
      {children}
    </section>
  );
}

/** Whether what is shown of a service is old; for parts that are drawn and cannot be greyed by a style. */
export function useStale(service: ServiceName): boolean {
  return useWall((state, now) => stalenessOf(state.completeUntil, service, now).stale);
}
