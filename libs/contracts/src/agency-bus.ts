import { SERVICES, streamOf } from './services.js';

/**
 * What agencies and this system agree on at the bus. Agencies have an account of their own there, with no streams in it;
 * through its border they reach the consumers of their grants and the intake of their own datasets, and nothing else.
 */

/** JetStream's API as agencies reach it: `agency.API.CONSUMER.MSG.NEXT.<stream>.<consumer>` and so on. */
export const AGENCY_API_PREFIX = 'agency.API';

/** Checked events of the datasets that agencies publish themselves. */
export const AGENCY_STREAM = 'AGENCIES';
/** Subject of an event of an agency's own dataset; behind it the record's identifier. */
export const AGENCY_SUBJECT = 'ioc.agencies';

/** What agencies have sent and nobody has looked at yet. */
export const INTAKE_STREAM = 'INTAKE';
/** An agency publishes to `intake.agencies.<dataset code>.<record id>`. */
export const INTAKE_SUBJECT = 'intake.agencies';

/** Events reduced to the fields of a grant: `feed.<view>.<aggregate id>`. */
export const FEED_STREAM = 'FEEDS';

/** Streams that a grant's consumer may be on. */
export const GRANT_STREAMS: readonly string[] = [...SERVICES.map(streamOf), AGENCY_STREAM, FEED_STREAM];

/** What the broker denied, as the bus keeper reports it: `bus.denied.<public key>`. */
export const DENIAL_STREAM = 'BUS_DENIALS';
export const DENIAL_SUBJECT = 'bus.denied';
/** Key of a denial whose user is not known. */
export const UNKNOWN_BUS_USER = 'unknown';

/** Where the registry asks the bus keeper to revoke a user of the agencies' account: a {@link RevocationRequest}. */
export const REVOCATION_SUBJECT = 'svc.bus.revoke';

export interface RevocationRequest {
  /** Public nkeys of users. */
  publicKeys: string[];
}

export interface RevocationAnswer {
  /** null: revoked on the broker. */
  error: string | null;
}

/** Something that the broker refused, once or several times within about a second. */
export interface BusDenial {
  /** Public nkey that the connection showed; null: none. Of a failed login it is no proof of who it was. */
  user: string | null;
  kind: 'publish' | 'subscribe' | 'login';
  /** What was to be published or subscribed; null for a login. */
  subject: string | null;
  count: number;
  /** The first of them, ISO 8601 UTC. */
  at: string;
}

const UUID_PARTS = /^g([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Durable consumer of a grant, and name of its user on the bus. */
export function grantConsumer(grantId: string): string {
  return `g${grantId.replaceAll('-', '')}`;
}

/** @returns null for a consumer that is no grant's */
export function grantOfConsumer(consumer: string): string | null {
  const parts = UUID_PARTS.exec(consumer);
  return parts && parts.slice(1).join('-');
}
