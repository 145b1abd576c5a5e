import { Injectable } from '@nestjs/common';
import { PreparedReads } from '../assignments/prepared-reads.js';
import type { ScoreWindow } from './score.js';
import { ScoreboardSource } from './scoreboard-source.js';

/** End of a day in Asia/Ho_Chi_Minh. */
const END_OF_AS_OF = `($3::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'`;

interface AgencyCount {
  code: string;
  count: number;
}

function valuesOf({ from, to, asOf }: ScoreWindow): string[] {
  return [from ?? '0001-01-01', to, asOf];
}

/** Periodic reports that nobody had handed in when the day ended. */
@Injectable()
export class ReportsMissed extends ScoreboardSource {
  readonly omission = 'reportsMissed';

  constructor(private readonly reads: PreparedReads) {
    super();
  }

  async count(window: ScoreWindow): Promise<ReadonlyMap<string, number>> {
    const rows = await this.reads.query<AgencyCount>({
      text: `SELECT answer.agency_code AS code, count(*)::integer AS count
       FROM report_period period JOIN report_answer answer ON answer.period_id = period.id
       WHERE period.last_day BETWEEN $1::date AND $2::date AND period.deadline < ${END_OF_AS_OF}
         AND NOT period.before_start AND (period.withdrawn_at IS NULL OR period.withdrawn_at >= ${END_OF_AS_OF})
         AND (answer.submitted_at IS NULL OR answer.submitted_at >= ${END_OF_AS_OF})
       GROUP BY 1`,
      values: valuesOf(window),
    });
    return new Map(rows.map(({ code, count }) => [code, count]));
  }
}

/** Explanations that an agency owed when the day ended; those that were withdrawn are owed no more, nor were. */
@Injectable()
export class ExplanationsUnanswered extends ScoreboardSource {
  readonly omission = 'explanationsUnanswered';

  constructor(private readonly reads: PreparedReads) {
    super();
  }

  async count(window: ScoreWindow): Promise<ReadonlyMap<string, number>> {
    const rows = await this.reads.query<AgencyCount>({
      text: `SELECT owed.agency_code AS code, count(*)::integer AS count
       FROM explanation JOIN explanation_agency owed ON owed.explanation_id = explanation.id
       WHERE explanation.last_day BETWEEN $1::date AND $2::date AND explanation.last_day < $3::date
         AND explanation.state <> 'withdrawn' AND (owed.answered_on IS NULL OR owed.answered_on > $3::date)
       GROUP BY 1`,
      values: valuesOf(window),
    });
    return new Map(rows.map(({ code, count }) => [code, count]));
  }
}
