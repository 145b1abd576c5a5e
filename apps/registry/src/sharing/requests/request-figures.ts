import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import type { AgencyRef } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { SharingAgencies } from '../sharing-agencies.js';
import type { FiguresQuery } from './request.requests.js';
import { DECIDED_ON, VISIBLE_REQUESTS } from './request.store.js';

/** Numbers of requests, as they stand today. */
export interface RequestFigures {
  open: number;
  late: number;
  answeredInTime: number;
  answeredLate: number;
  grantedByLaw: number;
  granted: number;
  grantedInPart: number;
  refused: number;
  withdrawn: number;
}

export interface AgencyFigures extends RequestFigures {
  provider: AgencyRef;
}

export interface SharingFigures {
  total: RequestFigures;
  byProvider: AgencyFigures[];
}

/** Somebody answered; of what must be shared nobody does. */
const ANSWERED = `COALESCE(row.decision ->> 'decidedBy' IS NOT NULL, false)`;

/** `$2` is today in Asia/Ho_Chi_Minh, `$3` and `$4` are the first and last day of submission. */
const FIGURES = `
  SELECT dataset.provider,
    count(*) FILTER (WHERE row.state = 'submitted' AND row.due_on >= $2::date)::int AS open,
    count(*) FILTER (WHERE row.state = 'submitted' AND row.due_on < $2::date)::int AS late,
    count(*) FILTER (WHERE ${ANSWERED} AND ${DECIDED_ON} <= row.due_on)::int AS "answeredInTime",
    count(*) FILTER (WHERE ${ANSWERED} AND ${DECIDED_ON} > row.due_on)::int AS "answeredLate",
    count(*) FILTER (WHERE row.state = 'granted' AND NOT ${ANSWERED})::int AS "grantedByLaw",
    count(*) FILTER (WHERE row.state = 'granted')::int AS granted,
    count(*) FILTER (WHERE row.decision -> 'limits' <> 'null')::int AS "grantedInPart",
    count(*) FILTER (WHERE row.state = 'refused')::int AS refused,
    count(*) FILTER (WHERE row.state = 'withdrawn')::int AS withdrawn
  FROM sharing_request row JOIN sharing_dataset dataset ON dataset.id = row.dataset_id
  WHERE ${VISIBLE_REQUESTS}
    AND ($3::date IS NULL OR (row.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date >= $3)
    AND ($4::date IS NULL OR (row.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= $4)
  GROUP BY dataset.provider ORDER BY dataset.provider`;

const NONE: RequestFigures = {
  open: 0,
  late: 0,
  answeredInTime: 0,
  answeredLate: 0,
  grantedByLaw: 0,
  granted: 0,
  grantedInPart: 0,
  refused: 0,
  withdrawn: 0,
};

/** How requests are answered, by the agency that is to answer. */
@Injectable()
export class RequestFiguresQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly agencies: SharingAgencies,
    private readonly clock: Clock,
  ) {}

  /** Of the requests that the caller may see. */
  async of({ agency }: Pick<Actor, 'agency'>, { from, until }: FiguresQuery): Promise<SharingFigures> {
    const rows = await this.transactions.manager.query<(RequestFigures & { provider: string })[]>(FIGURES, [
      agency,
      this.clock.today(),
      from ?? null,
      until ?? null,
    ]);
    return {
      total: rows.reduce(sum, NONE),
      byProvider: rows.map(({ provider, ...figures }) => ({
        provider: this.agencies.named({ code: provider, name: provider }),
        ...figures,
      })),
    };
  }
}

function sum(one: RequestFigures, other: RequestFigures): RequestFigures {
  const names = Object.keys(NONE) as (keyof RequestFigures)[];
  return Object.fromEntries(
    names.map((name) => [name, one[name] + other[name]]),
  ) as unknown as RequestFigures;
}
