import type { Actor } from '#libs/auth';

/** One thing that happened to a task, as its timeline tells it. */
export interface TimelineEntry {
  /** When, ISO 8601 UTC. */
  at: string;
  /** Name of the source: `history`, `reminders`, `explanations`, … */
  source: string;
  /** What happened, a word of the source: `submission`, `before-3`, `answer`, … */
  kind: string;
  /** Identifier of the thing within its source; entries of the same instant are ordered by it. */
  reference: string;
  /** Code of the agency that did it; null for the system itself and for actors of no agency. */
  agency: string | null;
  /** One line in Vietnamese. */
  title: string;
  /** Note, reason or answer that came with it. */
  text: string | null;
}

/**
 * Something that has its place on the timeline of a task. Any provider that extends this class is found and merged into
 * `GET /v1/tasks/{id}/timeline`.
 *
 * @example
 * class DueDateEntries extends TimelineSource {
 *   readonly name = 'due-dates';
 *   entriesOf(taskId: string): Promise<TimelineEntry[]> { … }
 * }
 */
export abstract class TimelineSource {
  abstract readonly name: string;

  /** All entries of a task that the actor may see; it was checked that the actor may see the task. */
  abstract entriesOf(taskId: string, actor: Actor): Promise<TimelineEntry[]>;
}
