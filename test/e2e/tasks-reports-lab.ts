import type { ReportDutyState, ReportState } from '#libs/contracts';
import type { DutyDetail } from '../../apps/tasks/src/reports/duties/duty-state.js';
import { PeriodsRound } from '../../apps/tasks/src/reports/periods/periods.round.js';
import { RemindersRound } from '../../apps/tasks/src/reports/periods/reminders.round.js';
import type { PeriodDetail, PeriodItem } from '../../apps/tasks/src/reports/periods/period-state.js';
import { type LabAnswer, type LabRequest, NoticesLab } from './tasks-notices-lab.js';

/** A notice as it was given: to whom, and the kind. */
export interface GivenNotice {
  cause: string;
  kind: string;
  title: string;
  text: string;
  givenAt: Date;
  /** `agency/role`, sorted. */
  recipients: string[];
}

/** What the specs of periodic reports do over and over. */
export class ReportsLab {
  private constructor(readonly lab: NoticesLab) {}

  static async open(replicas: number): Promise<ReportsLab> {
    const lab = await NoticesLab.open();
    for (let count = 0; count < replicas; count += 1) await lab.start();
    return new ReportsLab(lab);
  }

  /** Goes on to each of these moments and lets all replicas do what is due, at the same time. */
  async live(...moments: (string | Date)[]): Promise<void> {
    for (const moment of moments) {
      this.lab.clock.set(moment);
      await this.rounds();
    }
  }

  /** The rounds of all replicas at the same time; those of reports only, for the sake of the time the tests take. */
  async rounds(): Promise<void> {
    await Promise.all(
      this.lab.replicas.map(async ({ app }) => {
        await app.get(PeriodsRound).run();
        await app.get(RemindersRound).run();
      }),
    );
  }

  async ok<T>(path: string, request: LabRequest = {}): Promise<T> {
    const answer = await this.lab.send(path, request);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** A duty of Sở KH&CN: two departments report to it before the 20th of each month. */
  newDuty(changes: Record<string, unknown> = {}): Promise<DutyDetail> {
    const json = {
      title: 'Báo cáo tiến độ tạo lập dữ liệu',
      agencies: ['STC', 'SNV'],
      rule: { kind: 'monthly', day: 20, before: true },
      startsOn: '2026-04-20',
      ...changes,
    };
    return this.ok('/v1/duties', { json });
  }

  periodsOf(duty: ReportDutyState, query = '', request: LabRequest = {}): Promise<PeriodItem[]> {
    return this.lab.all(`/v1/duties/${duty.id}/periods?${query}`, request);
  }

  async periodOf(duty: ReportDutyState, number = 1): Promise<PeriodItem> {
    const period = (await this.periodsOf(duty)).find((item) => item.number === number);
    if (!period) throw new Error(`there is no period ${number}`);
    return period;
  }

  read(period: PeriodItem, query = '', agency = 'SKHCN'): Promise<PeriodDetail> {
    return this.ok(`/v1/duties/${period.dutyId}/periods/${period.id}?${query}`, { agency });
  }

  /** State by agency code. */
  async statesOf(period: PeriodItem, query = '', agency?: string): Promise<Record<string, ReportState>> {
    const { answers } = await this.read(period, query, agency);
    return Object.fromEntries(answers.map((line) => [line.agency.code ?? '', line.state]));
  }

  /** A request about the report of an agency, by that agency unless told otherwise. */
  answer(period: PeriodItem, agency: string, what = '', request: LabRequest = {}): Promise<LabAnswer> {
    const path = `/v1/duties/${period.dutyId}/periods/${period.id}/answers/${agency}${what}`;
    return this.lab.send(path, { agency, ...request });
  }

  submit(period: PeriodItem, agency: string, content: Record<string, unknown> = {}): Promise<LabAnswer> {
    const json = { content: { results: 'Đã hoàn thành', ...content } };
    return this.answer(period, agency, '/submission', { json });
  }

  /** Notices about a duty, in the order in which they were given. */
  async noticesAbout(duty: ReportDutyState): Promise<GivenNotice[]> {
    return this.lab.rows<GivenNotice>(
      `SELECT notice.cause, notice.kind, notice.title, notice.text, notice.given_at AS "givenAt",
         array_agg(recipient.agency_code || '/' || recipient.role ORDER BY recipient.agency_code) AS recipients
       FROM notice JOIN notice_recipient recipient ON recipient.notice_id = notice.id
       WHERE notice.about->>'dutyId' = $1
       GROUP BY notice.id ORDER BY notice.given_at, notice.cause`,
      [duty.id],
    );
  }
}

/** Day and first recipient of each notice, and the agencies whose reports are missing. */
export function linesOf(notices: readonly GivenNotice[]): string[] {
  return notices.map(
    ({ givenAt, recipients }) => `${givenAt.toISOString().slice(0, 10)} ${recipients.join(' ')}`,
  );
}
