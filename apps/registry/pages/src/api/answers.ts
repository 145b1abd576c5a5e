import type {
  ArchiveContent,
  DenialContent,
  DeliveryContent,
  GapContent,
  KeyChangeContent,
  RefusalContent,
} from '../../../src/exchange-log/records.js';
import type { RecordItem } from '../../../src/exchange-log/search/exchange-records.queries.js';

export type { LogStanding } from '../../../src/exchange-log/standing/log-standing.queries.js';
export type { RecordNames } from '../../../src/exchange-log/search/record-names.js';
export type { RecordDetail, RecordItem } from '../../../src/exchange-log/search/exchange-records.queries.js';

export interface RecordPage {
  items: RecordItem[];
  nextCursor: string | null;
}

/** What a record says, as lists and details show it: its messages stand apart. */
export type ShownContent =
  | Omit<DeliveryContent, 'messages'>
  | RefusalContent
  | DenialContent
  | GapContent
  | ArchiveContent
  | KeyChangeContent;

export function contentOf(record: RecordItem): ShownContent {
  return record.content as unknown as ShownContent;
}
