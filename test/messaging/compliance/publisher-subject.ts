import type { Scope, ServiceName } from '#libs/contracts';

/** Sends one request to a service as the subject's caller; throws when it is refused. */
export type Call = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<unknown>;

/** What the suite must know of a service that publishes: how to change something over its API. */
export interface PublisherSubject {
  service: ServiceName;
  /** Kind of the aggregates that are changed. */
  aggregate: string;
  agency: string;
  scopes: Scope[];
  /** Three aggregates of the first start that may be changed any number of times. */
  find(call: Call): Promise<Changeable[]>;
}

/** One aggregate under test. */
export interface Changeable {
  id: string;
  /** Changes it once more; answers its version after that. */
  change(call: Call, remark: string): Promise<number>;
}
