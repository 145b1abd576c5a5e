/** The four services that own data and publish events. The order is the order of their ports after the gateway's. */
export const SERVICES = ['tasks', 'budget', 'registry', 'staffing'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Every process that holds a bus user and a database of its own. */
export const PROCESSES = [...SERVICES, 'gateway', 'identity'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** JetStream stream of a service: `TASKS`, `BUDGET`, `REGISTRY`, `STAFFING`. */
export function streamOf(service: ServiceName): string {
  return service.toUpperCase();
}

export const DEAD_LETTER_STREAM = 'DEAD_LETTERS';

/** Where the gateway takes the answers of services: the beginning of the subjects that it names for them. */
export const GATEWAY_ANSWERS = '_INBOX.gateway.answers';

/** Subject of an aggregate's events; "the last message of each subject" is the current state of everything. */
export function eventSubject(service: ServiceName, aggregate: string, aggregateId: string): string {
  return `ioc.${service}.${aggregate}.${aggregateId}`;
}

/** Port of a process relative to `IOC_PORT_BASE`. */
export const PORT_OFFSETS: Readonly<Record<ProcessName, number>> = {
  gateway: 0,
  tasks: 1,
  budget: 2,
  registry: 3,
  staffing: 4,
  identity: 5,
};
