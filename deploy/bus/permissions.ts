import { DEAD_LETTER_STREAM, PROCESSES, SERVICES, streamOf } from '#libs/contracts';
import type { ProcessName, ServiceName } from '#libs/contracts';
import { KEEPING, SHARING } from './sharing-permissions.js';

/** What a bus user may do. Whatever is not listed is refused by the broker. */
export interface BusPermissions {
  publish: string[];
  /** Taken out of what may be published. */
  deny?: string[];
  subscribe: string[];
  /**
   * May answer a request that reached it, on the address that the request names, once. Only for who gets few messages:
   * the broker keeps the address that each of them names for a minute and, beyond 4,096, looks through all at each
   * further message.
   */
  answersRequests: boolean;
}

/**
 * No services: `admin`, for people's hands, may do everything in the account (replay, repair, delete a stream); `system`
 * belongs to the system account and may change accounts; `keeper` is the bus keeper's place among the services.
 */
export const OPERATOR_USERS = ['admin', 'system', 'keeper'] as const;
export type OperatorUser = (typeof OPERATOR_USERS)[number];
export type BusUser = ProcessName | OperatorUser;
export const BUS_USERS: readonly BusUser[] = [...PROCESSES, ...OPERATOR_USERS];

const EVERYTHING: BusPermissions = { publish: ['>'], subscribe: ['>'], answersRequests: false };

/** Every process: its own answers, and "is JetStream there". Clients connect with inboxPrefix `_INBOX.<process>`. */
function everyProcess(process: ProcessName): BusPermissions {
  return {
    publish: ['$JS.API.INFO'],
    subscribe: [`_INBOX.${process}.>`],
    answersRequests: false,
  };
}

/** A service: its own events into its own stream, which it may make but neither change, empty nor delete. */
function publishing(service: ServiceName): BusPermissions {
  const stream = streamOf(service);
  return {
    publish: [`ioc.${service}.>`, `$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`],
    subscribe: [`svc.${service}.>`],
    answersRequests: service !== 'registry',
  };
}

/** Waking the other replica's relay, and messages that could not be handled: written, looked at, replayed. */
function relayAndDeadLetters(process: ServiceName | 'gateway'): BusPermissions {
  return {
    publish: [
      `wake.${process}`,
      `dlq.${process}.>`,
      `$JS.API.STREAM.INFO.${DEAD_LETTER_STREAM}`,
      `$JS.API.STREAM.CREATE.${DEAD_LETTER_STREAM}`,
      // Not by DIRECT.GET, whose answer has the headers that this process chose, at whatever subject it names for it.
      `$JS.API.STREAM.MSG.GET.${DEAD_LETTER_STREAM}`,
    ],
    subscribe: [`wake.${process}`],
    answersRequests: false,
  };
}

/** One durable pull consumer, named after the process, on a stream that is not its own. */
function consuming(process: ServiceName | 'gateway', service: ServiceName): BusPermissions {
  const stream = streamOf(service);
  return {
    publish: [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}.${process}`,
      `$JS.API.CONSUMER.CREATE.${stream}.${process}.>`,
      `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${process}`,
      `$JS.API.CONSUMER.INFO.${stream}.${process}`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${process}`,
      `$JS.ACK.${stream}.${process}.>`,
    ],
    subscribe: [],
    answersRequests: false,
  };
}

/** The gateway compares what it holds with what each service has, and asks for the difference. */
const COMPARING: BusPermissions = {
  publish: ['svc.*.alive', 'svc.*.digest', 'svc.*.resend'],
  subscribe: [],
  answersRequests: false,
};

export function permissionsOf(user: BusUser): BusPermissions {
  switch (user) {
    case 'admin':
    case 'system':
      return EVERYTHING;
    case 'keeper':
      return KEEPING;
    case 'identity':
      return everyProcess(user);
    case 'gateway':
      return together(
        everyProcess(user),
        relayAndDeadLetters(user),
        COMPARING,
        ...SERVICES.map((service) => consuming(user, service)),
      );
    default: {
      const others = SERVICES.filter((service) => service !== user);
      return together(
        everyProcess(user),
        publishing(user),
        relayAndDeadLetters(user),
        ...others.map((service) => consuming(user, service)),
        ...(user === 'registry' ? [SHARING] : []),
      );
    }
  }
}

function together(...parts: BusPermissions[]): BusPermissions {
  return {
    publish: parts.flatMap((part) => part.publish),
    deny: parts.flatMap((part) => part.deny ?? []),
    subscribe: parts.flatMap((part) => part.subscribe),
    answersRequests: parts.some((part) => part.answersRequests),
  };
}
