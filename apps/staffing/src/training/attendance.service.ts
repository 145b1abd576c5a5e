import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem, type TrainingPlanEventState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { mayKeepTraining } from '../access/staffing-access.js';
import { requireBetween } from '../plans/days.js';
import { staffingProblem } from '../problems.js';
import { refuseDuplicates } from './duplicates.js';
import { TrainingPlanStore } from './training-plan.store.js';
import { TRAINING_STEPS } from './training-steps.js';
import type { AttendanceBody } from './training.requests.js';

/** Who was at the sessions of a training plan: reported by the owner for all, by a unit for itself. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly plans: TrainingPlanStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `validation-failed`, `unit-not-in-plan`, `session-not-held`, and those of every step */
  report(
    actor: Actor,
    planId: string,
    sessionId: string,
    { heldOn, attendance }: AttendanceBody,
    ifMatch: number | undefined,
  ): Promise<TrainingPlanEventState> {
    requireBetween('heldOn', heldOn, null, this.clock.today());
    if (heldOn === undefined && attendance.length === 0) {
      throw fieldProblem({ field: 'attendance', code: 'required' });
    }
    const units = attendance.map(({ unit }) => unit);
    refuseDuplicates(units, (index) => `attendance[${index}].unit`);
    return this.plans.take(actor, planId, TRAINING_STEPS.attend, { ifMatch }, async (before, manager) => {
      const session = before.sessions.find(({ id }) => id === sessionId);
      if (!session) throw problem('not-found');
      const concernsOthers = heldOn !== undefined || units.some((unit) => unit !== actor.agency);
      if (concernsOthers && !mayKeepTraining(actor, before.owner.code)) throw problem('other-agency');
      if (heldOn === undefined && session.heldOn === null) throw staffingProblem('session-not-held');
      const stranger = units.find((code) => !before.units.some(({ unit }) => unit.code === code));
      if (stranger !== undefined) throw staffingProblem('unit-not-in-plan', { unit: stranger });

      await manager.query('UPDATE training_session SET held_on = coalesce($2, held_on) WHERE id = $1', [
        sessionId,
        heldOn ?? null,
      ]);
      await manager.query(
        `INSERT INTO training_attendance (plan_id, session_id, unit_code, participants)
         SELECT $1, $2, * FROM unnest($3::text[], $4::int[])
         ON CONFLICT (session_id, unit_code) DO UPDATE SET participants = excluded.participants`,
        [planId, sessionId, units, attendance.map(({ participants }) => participants)],
      );
    });
  }
}
