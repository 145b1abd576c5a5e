import type { Remark } from './remarks.js';

export const IMPORT_ACTIONS = ['create', 'unchanged'] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

/** What a row became, or in a dry run would become. */
export interface ImportedRow {
  /** Of the sheet, from 1. */
  row: number;
  action: ImportAction;
  /** Null for what a dry run would make. */
  id: string | null;
  /** Name of a directive in the file, or title of a task. */
  title: string;
}

export interface TaskImportResult {
  dryRun: boolean;
  /** Whether the file has no fault, so that all of it is, or would be, imported. */
  accepted: boolean;
  /** What was, or would be, made: 0 when not accepted. */
  created: { directives: number; tasks: number };
  unchanged: { directives: number; tasks: number };
  directives: ImportedRow[];
  tasks: ImportedRow[];
  faultCount: number;
  /** The first 1,000. */
  faults: Remark[];
  /** The first 1,000. */
  warnings: Remark[];
}
