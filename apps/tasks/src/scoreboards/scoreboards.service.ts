import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Actor } from '#libs/auth';
import { Clock, type Day } from '#libs/calendar';
import type { AgencyRef } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DayCache } from '../assignments/day-cache.js';
import { Moments } from '../assignments/moment.js';
import { type Period, type PeriodUnit, periodsBetween } from './periods.js';
import { NO_SCORE, type Score, type ScoreWindow, sumOfScores, worstFirst } from './score.js';
import { type Omission, OMISSIONS, ScoreboardSource } from './scoreboard-source.js';
import { type KnownDirective, type ScoredDirective, ScoredDirectives } from './scored-directives.js';
import { Scores } from './scores.js';

export interface AgencyScore {
  agency: AgencyRef;
  score: Score;
  /** What else the agency missed; null where nothing counts it. */
  omissions: Record<Omission, number | null>;
}

export interface DirectiveScore {
  directive: ScoredDirective;
  score: Score;
}

/** A session of the steering committee: the directives that give its conclusions. */
export interface SessionScore {
  meetingOn: Day;
  directives: ScoredDirective[];
  score: Score;
}

export interface PeriodScore extends Period {
  /** Day at whose end the period was looked at: its last one, or before it is over `asOf`. */
  asOf: Day;
  score: Score;
}

/** What a request states about the window. */
export interface StatedWindow {
  from?: Day;
  to?: Day;
  asOf?: Day;
}

/** How agencies, directives, sessions and periods did, of the tasks that the caller may see. */
@Injectable()
export class ScoreboardsService {
  private foundSources: readonly ScoreboardSource[] | undefined;

  constructor(
    private readonly scores: Scores,
    private readonly scoredDirectives: ScoredDirectives,
    private readonly reference: ReferenceData,
    private readonly discovery: DiscoveryService,
    private readonly moments: Moments,
    private readonly cache: DayCache,
    private readonly clock: Clock,
  ) {}

  /** Worst first. A caller that does not follow all tasks sees omissions of its own agency alone. */
  async agencies(actor: Actor, stated: StatedWindow): Promise<AgencyScore[]> {
    const window = this.windowOf(stated);
    const [scores, omissions] = await Promise.all([
      this.scores.by('lead', actor, window),
      this.cache.get(this.clock.today(), `omissions ${JSON.stringify(window)}`, () => this.omissions(window)),
    ]);
    const visible = visibleAgencies(actor, this.reference);
    const maySee = (code: string): boolean => visible === null || visible.includes(code);
    const codes = new Set(scores.keys());
    for (const counts of omissions.values()) {
      for (const code of counts.keys()) if (maySee(code)) codes.add(code);
    }
    const omissionsOf = (code: string): AgencyScore['omissions'] =>
      Object.fromEntries(
        OMISSIONS.map((omission) => {
          const counts = omissions.get(omission);
          return [omission, counts && maySee(code) ? (counts.get(code) ?? 0) : null];
        }),
      ) as AgencyScore['omissions'];
    return [...codes]
      .map((code) => ({
        agency: { code, name: this.reference.agency(code)?.name ?? code },
        score: scores.get(code) ?? NO_SCORE,
        omissions: omissionsOf(code),
      }))
      .sort(worstFirst((row) => row.agency.code));
  }

  /** Worst first. */
  directives(actor: Actor, stated: StatedWindow): Promise<DirectiveScore[]> {
    const window = this.windowOf(stated);
    return this.board('directives', actor, window, (scores, known) =>
      [...scores]
        .flatMap(([id, score]) => {
          const { directive } = known.get(id) ?? {};
          return directive ? [{ directive, score }] : [];
        })
        .sort(worstFirst((row) => row.directive.id)),
    );
  }

  /** The latest session first. */
  sessions(actor: Actor, stated: StatedWindow): Promise<SessionScore[]> {
    const window = this.windowOf(stated);
    return this.board('sessions', actor, window, (scores, known) => {
      const met = [...scores.keys()].flatMap((id) => known.get(id) ?? []);
      return [...Map.groupBy(met, ({ meetingOn }) => meetingOn)]
        .flatMap(([meetingOn, concluded]) => {
          const directives = concluded.map(({ directive }) => directive);
          const score = sumOfScores(directives.map(({ id }) => scores.get(id) ?? NO_SCORE));
          return meetingOn === null ? [] : [{ meetingOn, directives, score }];
        })
        .sort((one, other) => (one.meetingOn < other.meetingOn ? 1 : -1));
    });
  }

  /** Rows of a board by directives, made once for all who ask for it at the same time. */
  private board<Row>(
    name: string,
    actor: Actor,
    window: ScoreWindow,
    rowsOf: (scores: ReadonlyMap<string, Score>, known: ReadonlyMap<string, KnownDirective>) => Row[],
  ): Promise<Row[]> {
    const key = `${name} ${JSON.stringify([window, visibleAgencies(actor, this.reference)])}`;
    return this.cache.get(window.asOf, key, async () => {
      const scores = await this.scores.by('directive', actor, window);
      return rowsOf(scores, await this.scoredDirectives.of([...scores.keys()]));
    });
  }

  /**
   * One score for each month, quarter or year, the earliest first. Each is looked at in the same way, at its own end, so
   * that they can be compared; only of the one that is not over yet, at the end of `asOf`.
   */
  async periods(actor: Actor, unit: PeriodUnit, stated: StatedWindow): Promise<PeriodScore[]> {
    const window = this.windowOf(stated);
    const periods = periodsBetween(unit, window.from, window.to);
    const rows: PeriodScore[] = [];
    for (const period of periods) {
      const asOf = period.to < window.asOf ? period.to : window.asOf;
      if (period.to < this.clock.today() && asOf === period.to) {
        rows.push({ ...period, asOf, score: await this.scores.ofPeriod(unit, actor, period) });
        continue;
      }
      const scores = await this.scores.by('directive', actor, { from: period.from, to: asOf, asOf });
      rows.push({ ...period, asOf, score: sumOfScores(scores.values()) });
    }
    return rows;
  }

  /** @throws problem `validation-failed` for a future day, or a window that ends before it begins */
  private windowOf({ from, to, asOf }: StatedWindow): ScoreWindow {
    const today = this.clock.today();
    const { day } = this.moments.at(asOf ?? (to !== undefined && to < today ? to : undefined));
    const end = to !== undefined && to < day ? to : day;
    if (from !== undefined && from > end)
      throw fieldProblem({ field: 'from', code: 'too-large', parameters: { max: end } });
    return { from: from ?? null, to: end, asOf: day };
  }

  private async omissions(window: ScoreWindow): Promise<Map<Omission, Map<string, number>>> {
    this.foundSources ??= this.discovery
      .getProviders()
      .map((provider): unknown => provider.instance)
      .filter((instance) => instance instanceof ScoreboardSource);
    const counts = new Map<Omission, Map<string, number>>();
    for (const source of this.foundSources) {
      counts.set(source.omission, new Map(await source.count(window)));
    }
    return counts;
  }
}
