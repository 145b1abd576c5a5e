import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { TrainingPlanEventState } from '#libs/contracts';
import { Agencies, fieldProblem, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { staffingProblem } from '../problems.js';
import { refuseDuplicates } from './duplicates.js';
type Parts = Pick<TrainingPlanEventState, 'id' | 'units' | 'sessions'>;

interface GivenUnit {
  code: string;
  planned?: number | null;
}

interface GivenSession {
  /** Of a session that the plan has; none: a new one. */
  id?: string;
  title: string;
  plannedOn?: string | null;
}

/** Units and sessions of a training plan, which are given as whole lists. Inside `run` only. */
@Injectable()
export class TrainingParts {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly agencies: Agencies,
  ) {}

  /** A present agency that is no group. @throws problem `validation-failed` */
  requireAgency(code: string, field: string): KnownAgency {
    this.agencies.requirePresent(code, field);
    return this.agencies.requireOwner(code, field);
  }

  /** @throws problem `validation-failed`, `unit-has-attended` */
  async replaceUnits({ id, units }: Parts, given: readonly GivenUnit[]): Promise<void> {
    const fieldAt = (index: number): string => `units[${index}].code`;
    refuseDuplicates(
      given.map(({ code }) => code),
      fieldAt,
    );
    const wanted = given.map(({ code, planned = null }, index) => ({
      ...this.requireAgency(code, fieldAt(index)),
      planned,
    }));
    const gone = units.filter(({ unit }) => !wanted.some(({ code }) => code === unit.code));
    const attended = gone.find((unit) => unit.attended !== null);
    if (attended) throw staffingProblem('unit-has-attended', { unit: attended.unit.name });
    const { manager } = this.transactions;
    await manager.query('DELETE FROM training_unit WHERE plan_id = $1 AND unit_code = ANY($2)', [
      id,
      gone.map(({ unit }) => unit.code),
    ]);
    await manager.query(
      `INSERT INTO training_unit (plan_id, unit_code, unit_name, planned)
       SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[])
       ON CONFLICT (plan_id, unit_code) DO UPDATE SET planned = excluded.planned`,
      [
        id,
        wanted.map(({ code }) => code),
        wanted.map(({ name }) => name),
        wanted.map(({ planned }) => planned),
      ],
    );
  }

  /** @throws problem `validation-failed` for a session that the plan does not have, `session-held` */
  async replaceSessions({ id, sessions }: Parts, given: readonly GivenSession[]): Promise<void> {
    const fieldAt = (index: number): string => `sessions[${index}].id`;
    const stranger = given.findIndex(
      ({ id: own }) => own !== undefined && !sessions.some((known) => known.id === own),
    );
    if (stranger >= 0) throw fieldProblem({ field: fieldAt(stranger), code: 'invalid' });
    const wanted = given.map((session) => ({ ...session, id: session.id ?? uuidv7() }));
    refuseDuplicates(
      wanted.map((session) => session.id),
      fieldAt,
    );
    const gone = sessions.filter((known) => !wanted.some((session) => session.id === known.id));
    const held = gone.find(({ heldOn }) => heldOn !== null);
    if (held) throw staffingProblem('session-held', { session: held.title });
    const { manager } = this.transactions;
    await manager.query('DELETE FROM training_session WHERE id = ANY($1)', [
      gone.map((session) => session.id),
    ]);
    await manager.query(
      `INSERT INTO training_session (plan_id, id, position, title, planned_on)
       SELECT $1, session.id, session.position, session.title, session.planned_on
         FROM unnest($2::uuid[], $3::text[], $4::date[]) WITH ORDINALITY AS session (id, title, planned_on, position)
       ON CONFLICT (id) DO UPDATE
         SET position = excluded.position, title = excluded.title, planned_on = excluded.planned_on`,
      [
        id,
        wanted.map((session) => session.id),
        wanted.map(({ title }) => title),
        wanted.map(({ plannedOn = null }) => plannedOn),
      ],
    );
  }
}
