/** What ought to happen, worked out anew and in another way than the service does: day by day, on plain numbers. */

const DAY = 86_400_000;
const number = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY;
const text = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

interface ModelDuty {
  name: string;
  agencies: string[];
  rule: Record<string, unknown>;
  startsOn: string;
  grace: number;
  /** Whether a day is the last day of a period, and for weeks the days since the start. */
  endsOn: (day: Date, sinceStart: number) => boolean;
  /** The deadline is at 16:00 instead of the end of the day. */
  earlier?: boolean;
}

interface ModelPeriod {
  duty: ModelDuty;
  number: number;
  lastDay: number;
  openedOn: number;
  steps: number;
  /** Agency and day of its answer. */
  answers: Map<string, number>;
}

const START = '2026-04-20';

export class ReportsModel {
  readonly duties: readonly ModelDuty[] = [
    {
      name: 'Năm hàng tháng',
      agencies: ['STC', 'SNV'],
      rule: { kind: 'monthly', day: 20, before: true },
      startsOn: START,
      grace: 2,
      endsOn: (day) => day.getUTCDate() === 19,
    },
    {
      name: 'Năm hai tuần',
      agencies: ['SXD', 'SYT', '22333'],
      rule: { kind: 'weeks', weeks: 2 },
      startsOn: START,
      grace: 2,
      endsOn: (_, sinceStart) => sinceStart > 0 && sinceStart % 14 === 0,
    },
    {
      name: 'Năm thứ Sáu',
      agencies: ['STP', 'CAT'],
      rule: { kind: 'weekly', weekday: 5, time: '16:00' },
      startsOn: START,
      grace: 1,
      endsOn: (day) => day.getUTCDay() === 5,
      earlier: true,
    },
    {
      name: 'Năm quý',
      agencies: ['SGDDT', 'TTT'],
      rule: { kind: 'quarterly', month: 3, day: null },
      startsOn: START,
      grace: 3,
      endsOn: (day) => (day.getUTCMonth() + 1) % 3 === 0 && new Date(day.getTime() + DAY).getUTCDate() === 1,
    },
    {
      name: 'Năm một lần',
      agencies: ['STC'],
      rule: { kind: 'once', date: '2026-09-16', before: true },
      startsOn: START,
      grace: 2,
      endsOn: (day) => day.toISOString().startsWith('2026-09-15'),
    },
  ];
  private readonly periods: ModelPeriod[] = [];
  private readonly steps: string[] = [];
  private readonly notices: string[] = [];
  private readonly special: Map<number, string>;
  private lastLived = number(START) - 1;

  constructor(specialDays: readonly { date: string; kind: string }[]) {
    this.special = new Map(specialDays.map(({ date, kind }) => [number(date), kind]));
  }

  /** A day on which the service runs: everything since the last such day comes to pass now. */
  live(dayText: string): void {
    const today = number(dayText);
    for (const duty of this.duties) this.open(duty, today);
    for (const period of this.periods) this.remind(period, today);
    this.lastLived = today;
  }

  /** Who answers today: some early, some late, some never; after the rounds of the day. */
  answersOf(dayText: string): { duty: string; number: number; agency: string }[] {
    const today = number(dayText);
    return this.periods.flatMap((period) =>
      period.duty.agencies
        .filter((agency) => !period.answers.has(agency) && today >= this.plannedDay(period, agency))
        .map((agency) => ({ duty: period.duty.name, number: period.number, agency })),
    );
  }

  answered(duty: string, periodNumber: number, agency: string): void {
    this.find(duty, periodNumber).answers.set(agency, this.lastLived);
  }

  periodLines(): string[] {
    return this.periods
      .map(
        ({ duty, number: count, lastDay, openedOn }) =>
          `${duty.name} ${count} ${text(lastDay)} ${text(openedOn)}`,
      )
      .sort();
  }

  stepLines(): string[] {
    return [...this.steps].sort();
  }

  noticeLines(): string[] {
    return [...this.notices].sort();
  }

  countsOf(name: string, dayText: string): Record<string, number> {
    const counts = { onTime: 0, late: 0, missing: 0, due: 0 };
    for (const { duty, lastDay, answers } of this.periods.filter((period) => period.duty.name === name)) {
      // At noon a deadline of 16:00 is still to come.
      for (const agency of duty.agencies) {
        const day = answers.get(agency);
        if (day !== undefined) counts[day <= lastDay ? 'onTime' : 'late'] += 1;
        else counts[lastDay < number(dayText) ? 'missing' : 'due'] += 1;
      }
    }
    return counts;
  }

  /** A period opens with the day after the end of the one before. */
  private open(duty: ModelDuty, today: number): void {
    const start = number(duty.startsOn);
    let [opensOn, count] = [start, 0];
    // Far enough to see the end of the period that is open today.
    for (let day = start; day <= today + 366 && opensOn <= today; day += 1) {
      if (!duty.endsOn(new Date(day * DAY), day - start)) continue;
      count += 1;
      const known = this.periods.some((period) => period.duty === duty && period.number === count);
      if (!known)
        this.periods.push({
          duty,
          number: count,
          lastDay: day,
          openedOn: today,
          steps: 0,
          answers: new Map(),
        });
      opensOn = day + 1;
    }
  }

  private remind(period: ModelPeriod, today: number): void {
    const { duty, number: count } = period;
    const missing = duty.agencies.filter((agency) => !period.answers.has(agency));
    const base = Math.max(period.lastDay, period.openedOn);
    const worked = this.workingDays(base, today);
    const due = Math.min(5, Math.floor(worked / duty.grace));
    if (missing.length === 0 || due <= period.steps) return;
    for (let step = period.steps; step < due; step += 1) {
      const how = step === due - 1 ? 'taken' : 'skipped';
      for (const agency of missing)
        this.steps.push(`${duty.name} ${count} ${agency} ${step} ${text(today)} ${how}`);
    }
    period.steps = due;
    const told: string[][] = [
      missing.map((agency) => `${agency}/desk`),
      missing.map((agency) => `${agency}/head`),
      ['SKHCN/desk'],
      ['VPUBND/desk'],
      ['UBND/vice-chair'],
    ];
    for (const recipient of told[due - 1] ?? [])
      this.notices.push(`${duty.name} ${count} ${text(today)} ${recipient}`);
  }

  /** Working days after the first day, up to and with the second. */
  private workingDays(from: number, to: number): number {
    let count = 0;
    for (let day = from + 1; day <= to; day += 1) {
      const weekday = new Date(day * DAY).getUTCDay();
      const isWork = this.special.get(day) ?? (weekday === 0 || weekday === 6 ? 'off' : 'work');
      if (isWork === 'work') count += 1;
    }
    return count;
  }

  /** From three days early to 18 days late, and one in five never: the same in every run. */
  private plannedDay({ duty, number: count, lastDay, openedOn }: ModelPeriod, agency: string): number {
    const name = `${duty.name}${count}${agency}`;
    let chance = 7;
    for (let index = 0; index < name.length; index += 1)
      chance = (chance * 31 + name.charCodeAt(index)) % 997;
    return chance % 5 === 0 ? Infinity : Math.max(openedOn, lastDay - 3 + (chance % 22));
  }

  private find(duty: string, periodNumber: number): ModelPeriod {
    const found = this.periods.find((period) => period.duty.name === duty && period.number === periodNumber);
    if (!found) throw new Error(`the model has no period ${periodNumber} of ${duty}`);
    return found;
  }
}
