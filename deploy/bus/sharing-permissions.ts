import {
  AGENCY_STREAM,
  AGENCY_SUBJECT,
  DEAD_LETTER_STREAM,
  DENIAL_STREAM,
  DENIAL_SUBJECT,
  FEED_STREAM,
  GATEWAY_ANSWERS,
  INTAKE_STREAM,
  PROCESSES,
  REVOCATION_SUBJECT,
} from '#libs/contracts';
import type { BusPermissions } from './permissions.js';

/** Streams that the registry keeps beside its own events; the last one takes the broker's reports of acknowledgements. */
const REGISTRY_STREAMS = [AGENCY_STREAM, FEED_STREAM, INTAKE_STREAM, DENIAL_STREAM, 'EXCHANGE_ACKS'];

/**
 * The registry carries out the grants: it makes, reads and removes consumers, on any stream, but those that belong to
 * other processes. It reads what is shared, and writes what agencies have sent and what was reduced. Streams are named
 * by wildcards here, since every line travels in the user's JWT at each login.
 */
export const SHARING: BusPermissions = {
  publish: [
    '$JS.API.STREAM.INFO.*',
    '$JS.API.STREAM.MSG.GET.*',
    '$JS.API.DIRECT.GET.>',
    '$JS.API.CONSUMER.NAMES.*',
    '$JS.API.CONSUMER.CREATE.>',
    '$JS.API.CONSUMER.DURABLE.CREATE.*.*',
    '$JS.API.CONSUMER.INFO.*.*',
    '$JS.API.CONSUMER.DELETE.*.*',
    '$JS.API.CONSUMER.MSG.NEXT.*.*',
    '$JS.ACK.>',
    ...REGISTRY_STREAMS.map((stream) => `$JS.API.STREAM.CREATE.${stream}`),
    // What was reduced for a view that no grant uses any more.
    `$JS.API.STREAM.PURGE.${FEED_STREAM}`,
    `${AGENCY_SUBJECT}.*.*`,
    'feed.*.*',
    REVOCATION_SUBJECT,
    // A right to answer each request would cost the broker more than half of its processor time, since the registry
    // gets a message for each event that any agency has acknowledged.
    `${GATEWAY_ANSWERS}.>`,
    // Declarations of datasets that never came.
    'svc.*.resend',
  ],
  deny: [
    ...PROCESSES.filter((process) => process !== 'registry').flatMap((process) => [
      `$JS.API.CONSUMER.*.*.${process}`,
      `$JS.API.CONSUMER.*.*.${process}.>`,
      `$JS.API.CONSUMER.*.*.*.${process}`,
      `$JS.ACK.*.${process}.>`,
    ]),
    // As for everybody, see permissions.ts.
    `$JS.API.DIRECT.GET.${DEAD_LETTER_STREAM}`,
    `$JS.API.DIRECT.GET.${DEAD_LETTER_STREAM}.>`,
  ],
  subscribe: [],
  answersRequests: false,
};

/** The bus keeper reports what the broker denied, and revokes users of agencies when the registry asks. */
export const KEEPING: BusPermissions = {
  publish: [`${DENIAL_SUBJECT}.*`],
  subscribe: ['_INBOX.keeper.>', REVOCATION_SUBJECT],
  answersRequests: true,
};
