/** A document that a due date rests on. */
export interface DueDocument {
  /** Number and symbol, for example 1203/UBND-KGVX. */
  number: string;
  /** Day of issue, yyyy-MM-dd. */
  date: string;
}

/** A due date as it was or became; all null: no date. */
export interface DueDay {
  /** Date as written. */
  date: string | null;
  lastDay: string | null;
  phrase: string | null;
}

/** set: by the directive, or for a part by the agency that split it off; corrected: it had been entered wrongly. */
export const DUE_CHANGE_KINDS = ['set', 'extended', 'corrected'] as const;
export type DueChangeKind = (typeof DUE_CHANGE_KINDS)[number];

/** One change of a due date, as it is answered. */
export interface DueChangeLine {
  /** Version of the task after the change. */
  version: number;
  kind: DueChangeKind;
  /** ISO 8601 UTC. */
  at: string;
  /** Code of the agency that did it; null for an actor of no agency. */
  agency: string | null;
  /** Null for the first one. */
  before: DueDay | null;
  after: DueDay;
  reason: string | null;
  /** Null where the directive itself sets the date. */
  document: DueDocument | null;
}

/** lapsed: the task was handed in or cancelled before the request was answered. */
export const EXTENSION_DECISIONS = ['granted', 'refused', 'lapsed'] as const;
export type ExtensionDecision = (typeof EXTENSION_DECISIONS)[number];

/** One request for more time, as it is answered. */
export interface ExtensionRequestLine {
  id: string;
  date: string;
  lastDay: string;
  reason: string;
  askedOn: string;
  /** Code of the agency that asked. */
  askedBy: string | null;
  /** Null while it waits. */
  decision: ExtensionDecision | null;
  /** ISO 8601 UTC. */
  decidedAt: string | null;
  decidedBy: string | null;
  decisionReason: string | null;
}
