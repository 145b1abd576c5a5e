/** A text of a compiled file and what stands there instead. */
export interface Change {
  /** Below `dist`. */
  file: string;
  /** Occurs once in the file. */
  search: string;
  replace: string;
}

/** A guarantee, how it is taken out, and the case that must notice. */
export interface Mutation {
  guarantee: string;
  changes: Change[];
  suite: 'compliance-staffing' | 'compliance-gateway';
  test: string;
}

export const RELAY = 'libs/messaging/src/relay/relay.js';
export const STORE = 'libs/messaging/src/relay/outbox-store.js';
export const PUBLISH = 'libs/messaging/src/relay/publish-batch.js';
export const BUS = 'libs/messaging/src/bus/bus-connection.js';
export const INBOX = 'libs/messaging/src/consumer/inbox.js';
export const SETTLEMENT = 'libs/messaging/src/consumer/delivery-settlement.js';
export const CONSUMER = 'libs/messaging/src/consumer/stream-consumer.js';
export const PROJECTION = 'apps/gateway/src/projections/projection-store.js';

export const CONNECTS_ONCE: Change = {
  file: BUS,
  search: 'while (!this.isStopped()) {',
  replace: 'for (const once of [1]) {',
};

export const LIMITED_RECONNECTING: Change = {
  file: BUS,
  search: 'maxReconnectAttempts: -1',
  replace: 'maxReconnectAttempts: 10',
};

export const BACKWARDS: Change = {
  file: STORE,
  search: 'WHERE published_at IS NULL ORDER BY id LIMIT',
  replace: 'WHERE published_at IS NULL ORDER BY id DESC LIMIT',
};
