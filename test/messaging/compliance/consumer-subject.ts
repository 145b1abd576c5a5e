import type { ProcessName, ServiceName } from '#libs/contracts';

/** What the suite must know of a process that consumes the events of all services. */
export interface ConsumerSubject {
  process: ProcessName;
  /** Table that its handlers write, one row for each aggregate: `aggregate_id` and `sequence` among its columns. */
  table: string;
  /** SQL of (aggregate, aggregate_id, sequence) of all that it holds of a service. */
  heads(service: ServiceName): string;
  /** Environment in which it leaves differences to its services alone, or looks for them without pause. */
  comparing(isOn: boolean): NodeJS.ProcessEnv;
}
