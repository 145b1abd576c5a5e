import { Injectable } from '@nestjs/common';
import { Clock, WorkingCalendar } from '#libs/calendar';
import {
  BUDGET_ITEM,
  type BudgetItemState,
  type Overview,
  REGISTRY_DATABASE,
  REGISTRY_SYSTEM,
  type RegistryEntryState,
  type ServiceName,
  STAFFING_UNIT,
  type StaffingUnitState,
  type TaskEventState,
  TASKS_TASK,
} from '#libs/contracts';
import { ServiceHealthMonitor } from '../health/service-health-monitor.js';
import { LivePicture } from '../projections/live-picture.js';
import { budgetSection, registrySection, staffingSection } from './other-sections.js';
import { tasksSection } from './tasks-section.js';

type Sections = Pick<Overview, ServiceName>;

/** Makes the overview from the picture in memory. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly picture: LivePicture,
    private readonly clock: Clock,
    private readonly calendar: WorkingCalendar,
    private readonly health: ServiceHealthMonitor,
  ) {}

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
    for (const service of services) Object.assign(sections, { [service]: this.section(service, year) });
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

  private section(service: ServiceName, year: number): Sections[ServiceName] {
    const { picture } = this;
    const sourceTime = picture.sourceTime(service);
    switch (service) {
      case 'tasks':
        return tasksSection(
          picture.of<TaskEventState>('tasks', TASKS_TASK),
          this.clock.today(),
          this.calendar,
          sourceTime,
        );
      case 'budget':
        return budgetSection(picture.of<BudgetItemState>('budget', BUDGET_ITEM), year, sourceTime);
      case 'registry':
        return registrySection(
          picture.of<RegistryEntryState<string>>('registry', REGISTRY_DATABASE),
          picture.of<RegistryEntryState<string>>('registry', REGISTRY_SYSTEM),
          sourceTime,
        );
      case 'staffing':
        return staffingSection(picture.of<StaffingUnitState>('staffing', STAFFING_UNIT), sourceTime);
    }
  }
}
