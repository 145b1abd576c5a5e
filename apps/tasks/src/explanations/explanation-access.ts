import type { Actor } from '#libs/auth';
import type { ReferenceData } from '#libs/reference';
import { mayReport, visibleAgencies } from '../access/tasks-access.js';

/**
 * Who may do what with requests for explanation; it follows from the rules of tasks.
 *
 * - Those who follow all tasks ask, withdraw and read everything.
 * - A lead agency that was asked answers for itself; for a group of agencies those answer who keep its progress. The
 *   co-leads that were asked together read each other's answers.
 * - Nobody else reads them: that an agency has to explain is not its collaborators' business.
 */
export function mayAskForExplanation(actor: Actor, reference: ReferenceData): boolean {
  return visibleAgencies(actor, reference) === null;
}

/** Codes of asked agencies whose requests the actor reads; null: all. */
export function readableExplanations(actor: Actor, reference: ReferenceData): string[] | null {
  return visibleAgencies(actor, reference);
}

/** Whether the actor may answer for the agency that was asked. */
export function mayAnswerFor(actor: Actor, askedCode: string, reference: ReferenceData): boolean {
  return actor.agency !== null && mayReport(actor, [askedCode], reference);
}
