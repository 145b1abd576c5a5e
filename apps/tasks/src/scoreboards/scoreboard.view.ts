import { AgencyView, DateField, IntegerField, kinds, ListField, ObjectField, TextField } from '#libs/http';
import { NamedDirectiveView } from '../directives/directive.view.js';
import type { OverdueScore, Score } from './score.js';
import type { Omission } from './scoreboard-source.js';
import type { ScoredDirective } from './scored-directives.js';
import type { AgencyScore, DirectiveScore, PeriodScore, SessionScore } from './scoreboards.service.js';

const Count = (description: string, nullable = false): PropertyDecorator =>
  IntegerField({ description, min: 0, nullable });

export class OverdueScoreView implements OverdueScore {
  @Count('Tasks')
  count: number;

  @Count('Calendar days late, of all of them together')
  totalDays: number;

  @Count('Calendar days late, of the longest')
  longestDays: number;
}

export class ScoreView implements Score {
  @Count('Tasks given in the window')
  given: number;

  @Count('Completed in the window, on time')
  completedOnTime: number;

  @Count('Completed in the window, late')
  completedLate: number;

  @Count('Completed in the window, without a date to keep')
  completedWithoutDate: number;

  @ObjectField(() => OverdueScoreView, { description: 'Overdue at the end of the day looked at' })
  overdue: OverdueScore;

  @Count('Due soon at the end of the day looked at')
  dueSoon: number;

  @Count('Not due soon yet at the end of the day looked at')
  onTrack: number;

  @Count('Unfinished and without a date to keep at the end of the day looked at')
  withoutDate: number;

  @Count('Extensions granted in the window')
  extensions: number;
}

export class OmissionsView implements Record<Omission, number | null> {
  @Count(
    'Periodic reports that fell due in the window and are missing; null: not counted, or not for the caller',
    true,
  )
  reportsMissed: number | null;

  @Count('Explanations that fell due in the window and are unanswered; null: as above', true)
  explanationsUnanswered: number | null;
}

export class AgencyScoreView implements AgencyScore {
  @ObjectField(() => AgencyView, { description: 'Lead; a task of several leads counts for each' })
  agency: AgencyView;

  @ObjectField(() => ScoreView, { description: 'Score' })
  score: Score;

  @ObjectField(() => OmissionsView, { description: 'What else the agency missed' })
  omissions: AgencyScore['omissions'];
}

export class ScoredDirectiveView extends NamedDirectiveView implements ScoredDirective {
  @TextField({ description: 'What it is about', max: 1_000 })
  subject: string;
}

export class DirectiveScoreView implements DirectiveScore {
  @ObjectField(() => ScoredDirectiveView, { description: 'Directive' })
  directive: ScoredDirective;

  @ObjectField(() => ScoreView, { description: 'Score of its tasks' })
  score: Score;
}

export class SessionScoreView implements SessionScore {
  @DateField({ description: 'Day of the session' })
  meetingOn: string;

  @ListField(kinds.object(() => ScoredDirectiveView), {
    description: 'The directives that give its conclusions',
    max: 1_000,
  })
  directives: ScoredDirective[];

  @ObjectField(() => ScoreView, { description: 'Score of their tasks' })
  score: Score;
}

export class PeriodScoreView implements PeriodScore {
  @TextField({ description: 'Month, quarter or year', max: 10, example: '2026-Q2' })
  name: string;

  @DateField({ description: 'First day' })
  from: string;

  @DateField({ description: 'Last day' })
  to: string;

  @DateField({ description: 'Day at whose end it was looked at' })
  asOf: string;

  @ObjectField(() => ScoreView, { description: 'Score of all tasks' })
  score: Score;
}
