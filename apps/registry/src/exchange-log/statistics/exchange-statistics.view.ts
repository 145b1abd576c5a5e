import { DateField, IntegerField, kinds, ListField, TextField } from '#libs/http';
import type { StatisticsPeriod, StatisticsRow } from './exchange-statistics.js';

export class StatisticsQuery implements StatisticsPeriod {
  @DateField({ description: 'First day' })
  from: string;

  @DateField({ description: 'Last day' })
  to: string;
}

class RefusalCountView {
  @TextField({ description: 'Legal ground that the refusals name', max: 1_000 })
  legalGround: string;

  @IntegerField({ description: 'How many', min: 1 })
  count: number;
}

export class StatisticsRowView implements StatisticsRow {
  @TextField({ description: 'Agency that shares; empty: not known', max: 64 })
  provider: string;

  @TextField({ description: 'Agency that asked, received or tried; empty: not known', max: 64 })
  receiver: string;

  @TextField({ description: 'Code of the dataset; empty: not known', max: 200 })
  dataset: string;

  @IntegerField({ description: 'Requests submitted in the period', min: 0 })
  requests: number;

  @IntegerField({ description: 'Of these: granted by now', min: 0 })
  granted: number;

  @IntegerField({ description: 'Of these: refused by now', min: 0 })
  refused: number;

  @IntegerField({ description: 'Of these: decided no later than their last day', min: 0 })
  inTime: number;

  @ListField(kinds.object(() => RefusalCountView), { description: 'Refusals by legal ground', max: 1_000 })
  refusals: RefusalCountView[];

  @IntegerField({ description: 'Records of deliveries in the period', min: 0 })
  exchanges: number;

  @IntegerField({ description: 'Messages in them', min: 0 })
  messages: number;

  @IntegerField({ description: 'Denied attempts in the period', min: 0 })
  denied: number;
}

export class StatisticsView {
  @ListField(kinds.object(() => StatisticsRowView), {
    description: 'By provider, receiver and dataset',
    max: 100_000,
  })
  items: StatisticsRowView[];
}
