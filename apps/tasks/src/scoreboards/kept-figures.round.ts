import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import { Round } from '#libs/http';
import { EVERYBODY } from '../access/tasks-access.js';
import { DayCache } from '../assignments/day-cache.js';
import { type FigureName, KeptFigures } from '../assignments/kept-figures.js';
import { TaskTotalsQueries } from '../assignments/task-totals.js';
import { PERIOD_UNITS, periodsBetween } from './periods.js';
import { sumOfScores } from './score.js';
import { Scores } from './scores.js';

/** Days that one run keeps: a service that was upgraded goes back day by day without holding up other rounds. */
const MOST_DAYS = 20;

/** Keeps the figures of each day that is over, and goes back to the first task. */
@Injectable()
export class KeptFiguresRound extends Round {
  readonly name = 'kept-figures';

  constructor(
    private readonly kept: KeptFigures,
    private readonly cache: DayCache,
    private readonly totals: TaskTotalsQueries,
    private readonly scores: Scores,
  ) {
    super();
  }

  async run(): Promise<void> {
    for (const day of await this.kept.missing(this.cache.lastSettledDay, MOST_DAYS)) {
      await this.kept.keep(day, await this.figuresOf(day));
    }
  }

  private async figuresOf(day: Day): Promise<Partial<Record<FigureName, unknown>>> {
    const window = { from: null, to: day, asOf: day };
    const figures: Partial<Record<FigureName, unknown>> = {
      totals: await this.totals.groupsOfAll(day),
      agencies: [...(await this.scores.count('lead', EVERYBODY, window))],
    };
    for (const unit of PERIOD_UNITS) {
      const period = periodsBetween(unit, day, day).at(-1);
      if (period?.to !== day) continue;
      const scores = await this.scores.count('directive', EVERYBODY, {
        from: period.from,
        to: day,
        asOf: day,
      });
      figures[unit] = sumOfScores(scores.values());
    }
    return figures;
  }
}
