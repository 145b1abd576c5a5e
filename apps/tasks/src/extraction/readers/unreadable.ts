/** Why a document could not be read; each has its text in extraction.problems.ts. */
export const UNREADABLE = [
  'document-unreadable',
  'document-encrypted',
  'document-without-text',
  'document-too-large-inside',
  'document-with-too-many-tasks',
] as const;
export type UnreadableCode = (typeof UNREADABLE)[number];

/** A document that cannot be read, or that may do harm. */
export class UnreadableDocument extends Error {
  constructor(readonly code: UnreadableCode) {
    super(code);
    this.name = 'UnreadableDocument';
  }
}
