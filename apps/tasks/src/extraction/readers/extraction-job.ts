import type { ReferenceContent } from '#libs/reference';
import type { ExtractedDirective } from '../extract.js';
import type { UnreadableCode } from './unreadable.js';

/** Kinds of document that are read. */
export type DocumentKind = 'text' | 'docx' | 'pdf';

/** What the worker is given. */
export interface ExtractionJob {
  kind: DocumentKind;
  /** UTF-8 text, or the file. */
  bytes: Uint8Array;
  reference: ReferenceContent;
  /** yyyy-MM-dd in Asia/Ho_Chi_Minh. */
  today: string;
}

/** What was read; `text` is what the spans refer to. */
export interface ReadDirective extends ExtractedDirective {
  text: string;
}

/** What the worker answers. */
export type ExtractionOutcome = { read: ReadDirective } | { refused: UnreadableCode };
