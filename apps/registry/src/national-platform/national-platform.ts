/** A dataset as it is made known beyond the province. */
export interface DatasetAnnouncement {
  code: string;
  /** Of the description, from 1; a newer one replaces an older one. */
  version: number;
  title: { vi: string; en: string };
  meaning: { vi: string; en: string };
  /** Code of the agency that shares it. */
  provider: string;
  classification: string;
  access: string;
  master: boolean;
  legalGround: string | null;
  fields: unknown;
  /** JSON Schema of the data. */
  schema: unknown;
  eventTypes: string[];
  state: 'open' | 'closed';
}

/** An event for the platform. */
export interface PlatformMessage {
  /** The event's identifier: the same at every repetition. */
  id: string;
  dataset: string;
  grant: string;
  /** CloudEvents, structured mode, JSON. */
  event: string;
}

/** A file for the platform. */
export interface PlatformPackage {
  id: string;
  dataset: string;
  grant: string;
  bytes: number;
  /** SHA-256 of the content, hex. */
  sha256: string;
  content: AsyncIterable<Uint8Array>;
}

/** Something that the platform holds for this province. */
export interface IncomingMessage {
  id: string;
  /** As the platform gave it. */
  content: Uint8Array;
}

export interface IncomingPage {
  items: IncomingMessage[];
  /** Where to go on: behind the last item, or where the caller was when there is none. */
  cursor: string | null;
}

/** What the platform said when it took something over. */
export interface PlatformReceipt {
  /** Its own number for what it took; the same when the same thing comes again. */
  reference: string;
}

/** It will never take this: further tries are of no use. */
export class PlatformRefusal extends Error {}

/**
 * The way to the platforms that connect the province with others (NDOP, LGSP). Their protocols are not in the sources
 * of this system: a connector extends this class, passes `test/e2e/national-platform-contract.ts`, and is put into
 * {@link nationalPlatformOf}; nothing else changes.
 *
 * Everything that is sent may come twice, after a crash or a lost answer: a connector makes it once, by code and version
 * or identifier. A method resolves when the platform has taken the thing over for good.
 *
 * All methods: @throws PlatformRefusal, or any error that may pass
 */
export abstract class NationalPlatform {
  /** For logs and the API. */
  abstract readonly name: string;

  abstract announceDataset(dataset: DatasetAnnouncement): Promise<PlatformReceipt>;
  abstract pushMessage(message: PlatformMessage): Promise<PlatformReceipt>;
  abstract pushPackage(content: PlatformPackage): Promise<PlatformReceipt>;

  /** @param cursor of the page before; null: from the beginning */
  abstract fetch(cursor: string | null, limit: number): Promise<IncomingPage>;
}
