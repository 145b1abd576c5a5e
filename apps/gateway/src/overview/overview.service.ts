import { Injectable } from '@nestjs/common';
import { Clock, WorkingCalendar } from '#libs/calendar';
import {
  becameLateBetween,
  BUDGET_ITEM,
  type BudgetItemState,
  EXCHANGE_STANDING,
  type ExchangeStandingState,
  type ExplanationEventState,
  type Overview,
  REGISTRY_CONNECTION,
  REGISTRY_DATABASE,
  REGISTRY_LIST,
  REGISTRY_QUALITY,
  REGISTRY_REPORT,
  REGISTRY_SYSTEM,
  type RegistryConnectionState,
  type RegistryListState,
  type RegistryQualityState,
  type RegistryReportState,
  type ReportPeriodState,
  type ServiceName,
  SHARING_DATASET,
  SHARING_GRANT,
  SHARING_REQUEST,
  type SharingDatasetState,
  type SharingGrantState,
  type SharingRequestState,
  type SharingSection,
  STAFFING_SUPPORT_PLAN,
  STAFFING_TRAINING_PLAN,
  STAFFING_UNIT,
  type StaffingUnitState,
  type SupportPlanEventState,
  TASKS_EXPLANATION,
  TASKS_REPORT_PERIOD,
  TASKS_TASK,
  type TrainingPlanEventState,
} from '#libs/contracts';
import { ServiceHealthMonitor } from '../health/service-health-monitor.js';
import { LivePicture } from '../projections/live-picture.js';
import { explanationCounts } from './explanation-counts.js';
import { budgetSection } from './budget-section.js';
import { staffingSection } from './other-sections.js';
import { supportCounts, trainingCounts } from './staffing-plans.js';
import { type ProjectedDatabase, type ProjectedSystem, registrySection } from './registry-section.js';
import { hasDeadlineBetween, reportCounts } from './reports-counts.js';
import { hasLeftTheHour, sharingSection } from './sharing-section.js';
import { type ProjectedTask, TaskReducer, TaskTally } from './task-tally.js';

type Sections = Pick<Overview, ServiceName | 'sharing'>;

/** What the section of databases and systems is made of; sharing, which moves all the time, has a time of its own. */
const REGISTRY_KINDS = [
  REGISTRY_DATABASE,
  REGISTRY_SYSTEM,
  REGISTRY_LIST,
  REGISTRY_REPORT,
  REGISTRY_CONNECTION,
  REGISTRY_QUALITY,
];
const SHARING_KINDS = [SHARING_DATASET, SHARING_REQUEST, SHARING_GRANT, EXCHANGE_STANDING];

/** Makes the overview from the picture in memory. */
@Injectable()
export class OverviewService {
  private readonly tasks: TaskTally;

  constructor(
    private readonly picture: LivePicture,
    private readonly clock: Clock,
    calendar: WorkingCalendar,
    private readonly health: ServiceHealthMonitor,
  ) {
    this.tasks = new TaskTally(() => picture.of<ProjectedTask>('tasks', TASKS_TASK), calendar);
    const reducer = new TaskReducer();
    picture.follow('tasks', TASKS_TASK, (state) => {
      const task = reducer.reduce(state as ProjectedTask);
      this.tasks.changed(task);
      return task;
    });
  }

  overview(year: number = this.latestBudgetYear()): Overview {
    return {
      year,
      generatedAt: this.clock.now().toISOString(),
      ...this.sections(['tasks', 'budget', 'registry', 'staffing'], year),
      health: this.health.section(),
      recent: this.picture.recent(),
    } as Overview;
  }

  sections(services: Iterable<ServiceName>, year: number): Partial<Sections> {
    const sections: Partial<Sections> = {};
    for (const service of services) {
      Object.assign(sections, { [service]: this.section(service, year) });
      if (service === 'registry') sections.sharing = this.sharing();
    }
    return sections;
  }

  /** The newest fiscal year that has budget items and has begun; without any, the current year. */
  latestBudgetYear(): number {
    const current = Number(this.clock.today().slice(0, 4));
    let latest: number | null = null;
    for (const { fiscalYear } of this.picture.of<BudgetItemState>('budget', BUDGET_ITEM)) {
      if (fiscalYear <= current && (latest === null || fiscalYear > latest)) latest = fiscalYear;
    }
    return latest ?? current;
  }

  /** Whether a report fell due after the first instant, up to and with the second (ISO 8601 UTC). */
  hasReportFallenDue(after: string, until: string): boolean {
    return hasDeadlineBetween(this.reportPeriods(), after, until);
  }

  /** Whether the data of a database became late after the first instant, up to and with the second. */
  hasDataBecomeLate(after: string, until: string): boolean {
    return becameLateBetween(this.qualities(), after, until);
  }

  /** Whether messages that were delivered after the first instant less an hour are older than one by the second. */
  hasExchangeLeftTheHour(after: string, until: string): boolean {
    return hasLeftTheHour(this.exchangeStanding(), after, until);
  }

  private exchangeStanding(): ExchangeStandingState | null {
    const [standing] = this.picture.of<ExchangeStandingState>('registry', EXCHANGE_STANDING);
    return standing ?? null;
  }

  private sharing(): SharingSection {
    const { picture } = this;
    return sharingSection(
      {
        datasets: picture.of<SharingDatasetState>('registry', SHARING_DATASET),
        requests: picture.of<SharingRequestState>('registry', SHARING_REQUEST),
        grants: picture.of<SharingGrantState>('registry', SHARING_GRANT),
        standing: this.exchangeStanding(),
      },
      this.clock.now(),
      picture.sourceTime('registry', SHARING_KINDS),
    );
  }

  private qualities(): Iterable<RegistryQualityState> {
    return this.picture.of<RegistryQualityState>('registry', REGISTRY_QUALITY);
  }

  private reportPeriods(): Iterable<ReportPeriodState> {
    return this.picture.of<ReportPeriodState>('tasks', TASKS_REPORT_PERIOD);
  }

  private section(service: ServiceName, year: number): Sections[ServiceName] {
    const { picture } = this;
    const sourceTime = picture.sourceTime(service, service === 'registry' ? REGISTRY_KINDS : undefined);
    switch (service) {
      case 'tasks':
        return {
          ...this.tasks.section(this.clock.today(), sourceTime),
          reports: reportCounts(this.reportPeriods(), this.clock.now().toISOString()),
          explanations: explanationCounts(
            picture.of<ExplanationEventState>('tasks', TASKS_EXPLANATION),
            this.clock.today(),
          ),
        };
      case 'budget':
        return budgetSection(picture.of<BudgetItemState>('budget', BUDGET_ITEM), year, sourceTime);
      case 'registry':
        return registrySection(
          {
            databases: picture.of<ProjectedDatabase>('registry', REGISTRY_DATABASE),
            systems: picture.of<ProjectedSystem>('registry', REGISTRY_SYSTEM),
            lists: picture.of<RegistryListState>('registry', REGISTRY_LIST),
            reports: picture.of<RegistryReportState>('registry', REGISTRY_REPORT),
            connections: picture.of<RegistryConnectionState>('registry', REGISTRY_CONNECTION),
            qualities: this.qualities(),
          },
          this.clock.now(),
          sourceTime,
        );
      case 'staffing':
        return {
          ...staffingSection(picture.of<StaffingUnitState>('staffing', STAFFING_UNIT), sourceTime),
          training: trainingCounts(
            picture.of<TrainingPlanEventState>('staffing', STAFFING_TRAINING_PLAN),
            this.clock.today(),
          ),
          support: supportCounts(picture.of<SupportPlanEventState>('staffing', STAFFING_SUPPORT_PLAN)),
        };
    }
  }
}
