import { newScopedSigner } from '@nats-io/jwt';
import type { Account, Export, Import, OperatorLimits, Permissions, RevocationList } from '@nats-io/jwt';
import { AGENCY_API_PREFIX, GRANT_STREAMS, INTAKE_SUBJECT, PROCESSES } from '#libs/contracts';

/** A limit left out counts as 0 on the broker, that is "none allowed"; the system account then refuses its own server. */
export const UNLIMITED: OperatorLimits = {
  subs: -1,
  data: -1,
  payload: -1,
  imports: -1,
  exports: -1,
  wildcards: true,
  conn: -1,
  leaf: -1,
};

const UNLIMITED_JETSTREAM: OperatorLimits = {
  mem_storage: -1,
  disk_storage: -1,
  streams: -1,
  consumer: -1,
  max_ack_pending: -1,
};

/** Subscriptions of one connection of an agency. */
const AGENCY_SUBSCRIPTIONS = 64;
/** Bytes of one message of an agency. */
const AGENCY_PAYLOAD = 512 * 1024;
/** Seconds that a revocation is kept; no credential of an agency lives longer (see SHARING_CREDENTIAL_DAYS). */
const LONGEST_CREDENTIAL = 400 * 86_400;

/** A subject of the account IOC that agencies reach, and under which name. */
interface Crossing {
  subject: string;
  /** Tokens in place of `*` are `$1`, `$2` …; undefined: the same name. */
  local?: string;
  /** A pull is answered with many messages, everything else with one. */
  answers: 'Singleton' | 'Stream';
}

/**
 * What crosses the border between the accounts. JetStream's API gets another prefix on the agencies' side, since the
 * broker keeps `$JS.API` of each account for that account itself.
 */
const CROSSINGS: readonly Crossing[] = [
  ...GRANT_STREAMS.flatMap((stream): Crossing[] => [
    {
      subject: `$JS.API.CONSUMER.INFO.${stream}.*`,
      local: `${AGENCY_API_PREFIX}.CONSUMER.INFO.${stream}.$1`,
      answers: 'Singleton',
    },
    {
      subject: `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
      local: `${AGENCY_API_PREFIX}.CONSUMER.MSG.NEXT.${stream}.$1`,
      answers: 'Stream',
    },
    { subject: `$JS.ACK.${stream}.*.>`, answers: 'Singleton' },
  ]),
  { subject: `${INTAKE_SUBJECT}.*.*`, answers: 'Singleton' },
];

/**
 * What a user made with the grants key may do; the broker fills in its name and its `dataset:` tags, and drops a line
 * whose tag the user lacks. The consumers of the services are denied by name: a name is all that a thief of the key
 * could choose.
 */
const GRANT_PERMISSIONS = {
  pub: {
    allow: [
      `${AGENCY_API_PREFIX}.CONSUMER.INFO.*.{{name()}}`,
      `${AGENCY_API_PREFIX}.CONSUMER.MSG.NEXT.*.{{name()}}`,
      '$JS.ACK.*.{{name()}}.>',
      `${INTAKE_SUBJECT}.{{tag(dataset)}}.*`,
    ],
    deny: PROCESSES.flatMap((process) => [
      `${AGENCY_API_PREFIX}.CONSUMER.INFO.*.${process}`,
      `${AGENCY_API_PREFIX}.CONSUMER.MSG.NEXT.*.${process}`,
      `$JS.ACK.*.${process}.>`,
    ]),
  },
  sub: { allow: ['_INBOX.{{name()}}.>'] },
} satisfies Permissions;

/** The account of the services: streams, and what agencies may reach of them. */
export function iocAccount(): Partial<Account> {
  return { limits: { ...UNLIMITED, ...UNLIMITED_JETSTREAM }, exports: CROSSINGS.map(toExport) };
}

/** The account of the agencies: no streams, no subject of the services but what is imported. */
export function agenciesAccount(
  iocPublicKey: string,
  grantsPublicKey: string,
  revocations: RevocationList,
): Partial<Account> {
  return {
    limits: UNLIMITED,
    imports: CROSSINGS.map((crossing) => toImport(crossing, iocPublicKey)),
    signing_keys: [
      newScopedSigner(grantsPublicKey, 'grants', {
        ...GRANT_PERMISSIONS,
        subs: AGENCY_SUBSCRIPTIONS,
        payload: AGENCY_PAYLOAD,
      }),
    ],
    revocations,
  };
}

/** Seconds by which the clock of whoever issued may be ahead. What is revoked never comes back, so that more does no harm. */
const CLOCKS_APART = 300;

/** Revokes everything that was issued to these users until now, and forgets revocations of what has long expired. */
export function withRevoked(
  before: RevocationList,
  publicKeys: readonly string[],
  nowSeconds: number,
): RevocationList {
  const kept = Object.entries(before).filter(([, at]) => at > nowSeconds - LONGEST_CREDENTIAL);
  return Object.fromEntries([...kept, ...publicKeys.map((key) => [key, nowSeconds + CLOCKS_APART] as const)]);
}

function toExport({ subject, answers }: Crossing): Export {
  return { name: subject, subject, type: 'service', response_type: answers };
}

function toImport({ subject, local }: Crossing, account: string): Import {
  return {
    name: subject,
    subject,
    type: 'service',
    account,
    ...(local !== undefined && { local_subject: local }),
  };
}
