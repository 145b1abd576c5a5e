import { Injectable } from '@nestjs/common';
import type { MeasureKind } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Measure } from './measure.entity.js';

/** A newer version of the same thing wins, so that events may come twice and in any order. */
const NEWER_WINS = `
  ON CONFLICT (kind, subject) DO UPDATE
    SET sequence = excluded.sequence, name = excluded.name, facts = excluded.facts, at = excluded.at
    WHERE measure.sequence < excluded.sequence`;

/** Present values of everything that tasks can be bound to, bound or not: a binding may come after its event. */
@Injectable()
export class Measures {
  constructor(private readonly transactions: TransactionScope) {}

  /** Takes over values, in the transaction of the events that brought them. */
  async take(measures: readonly Measure[]): Promise<void> {
    const newest = new Map<string, Measure>();
    for (const measure of measures) {
      const key = `${measure.kind}/${measure.subject}`;
      const known = newest.get(key);
      if (!known || known.sequence < measure.sequence) newest.set(key, measure);
    }
    const rows = [...newest.values()];
    await this.transactions.manager.query(
      `INSERT INTO measure (kind, subject, sequence, name, facts, at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::jsonb[], $6::timestamptz[])
       ${NEWER_WINS}`,
      [
        rows.map(({ kind }) => kind),
        rows.map(({ subject }) => subject),
        rows.map(({ sequence }) => sequence),
        rows.map(({ name }) => name),
        rows.map(({ facts }) => JSON.stringify(facts)),
        rows.map(({ at }) => at),
      ],
    );
  }

  /** Takes over how the reports stand of the periods that tasks are bound to: they are this service's own. */
  async takeReports(): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query(
        `INSERT INTO measure (kind, subject, sequence, name, facts, at)
         SELECT 'report-period', period.id::text, period.version, duty.title || ', ' || period.label,
           jsonb_build_object(
             'asked', jsonb_agg(answer.agency_code ORDER BY answer.position),
             'answered', coalesce(jsonb_agg(answer.agency_code ORDER BY answer.position)
               FILTER (WHERE answer.submitted_at IS NOT NULL), '[]')),
           coalesce(max(answer.submitted_at), period.opened_at)
         FROM report_period period
         JOIN report_duty duty ON duty.id = period.duty_id
         JOIN report_answer answer ON answer.period_id = period.id
         LEFT JOIN measure known ON known.kind = 'report-period' AND known.subject = period.id::text
         WHERE period.id::text IN (SELECT subject FROM task_binding WHERE kind = 'report-period')
           AND (known.sequence IS NULL OR known.sequence < period.version)
         GROUP BY period.id, duty.id
         ${NEWER_WINS}`,
      ),
    );
  }

  find(kind: MeasureKind, subject: string): Promise<Measure | null> {
    return this.transactions.manager.findOneBy(Measure, { kind, subject });
  }
}
