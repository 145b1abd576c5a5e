import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, type TaskState } from '#libs/contracts';
import { ReferenceData } from '#libs/reference';
import { isOwnWork, mayAssign, mayReport, visibleAgencies } from '../access/tasks-access.js';
import { taskProblem } from '../problems.js';
import type { AgencyRole, TaskAgencyRow } from './task-agency.entity.js';
import type { TaskRow } from './task.entity.js';
import type { LockedTask } from './task-ledger.js';
import { LIFECYCLE, nextState, type TaskAction } from './task-lifecycle.js';

/** Asks the life of a task and the rules of access whether something may be done. */
@Injectable()
export class TaskPermissions {
  constructor(private readonly reference: ReferenceData) {}

  /**
   * A task of others does not exist for the caller; one that it only works on may not be changed by it.
   *
   * @throws problem `not-found`, `other-agency`, `own-work`
   */
  require(actor: Actor, action: TaskAction, { row, agencies }: LockedTask): void {
    const visible = visibleAgencies(actor, this.reference);
    if (visible && !agencies.some(({ agencyCode }) => visible.includes(agencyCode)))
      throw problem('not-found');
    const { by, relieves } = LIFECYCLE[action];
    const leads = codesOf(agencies, 'lead');
    const asLead = by !== 'assigner' && mayReport(actor, leads, this.reference);
    const asAssigner =
      by !== 'lead' && codesOf(agencies, 'assigner').some((assigner) => mayAssign(actor, assigner));
    if (!asLead && !asAssigner) throw problem('other-agency');
    if (relieves && isOwnWork(actor, leads, row.submittedBy)) throw taskProblem('own-work');
  }

  /** The state that the action leads to. @throws problem `transition-not-allowed` */
  requireState(action: TaskAction, { state, suspendedIn }: TaskRow): TaskState {
    const next = nextState(action, state, suspendedIn);
    if (next === null) throw taskProblem('transition-not-allowed', { state, action });
    return next;
  }
}

export function codesOf(agencies: readonly TaskAgencyRow[], role: AgencyRole): string[] {
  return agencies.filter((agency) => agency.role === role).map((agency) => agency.agencyCode);
}
