import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  REGISTRY_REPORT_CORRECTED,
  REGISTRY_REPORT_SUBMITTED,
  type RegistryReportState,
  reportPeriods,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayKeep, mayWriteEntry } from '../access/registry-access.js';
import { DatabasesQueries } from '../databases/databases.service.js';
import { ListStore } from '../lists/list.store.js';
import { registryProblem } from '../problems.js';
import { ReportStore } from './report.store.js';

export interface ReportContent {
  progress: string;
  percent: number | null;
  obstacles: string | null;
}

const ADD_VERSION = `
  INSERT INTO registry_report_version (report_id, version, progress, percent, obstacles, author_agency, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

/** Reports on databases of priority lists: monthly, and those asked for once. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reports: ReportStore,
    private readonly lists: ListStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends the first version of a report. Its day decides whether it was in time.
   *
   * @param receivedOn day on which it came on paper, yyyy-MM-dd; undefined: today
   * @throws problem `not-found`, `other-agency`, `report-not-asked`, `report-submitted`, `validation-failed`
   */
  submit(
    actor: Actor,
    databaseId: string,
    period: string,
    content: ReportContent,
    receivedOn?: string,
  ): Promise<RegistryReportState> {
    return this.transactions.run(async (manager) => {
      const { owner } = await this.databases.read(databaseId);
      if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
      const day = this.dayOfReceipt(actor, receivedOn);
      await this.requireAsked(databaseId, period);
      const id = uuidv7();
      const { progress, percent, obstacles } = content;
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO registry_report (id, version, database_id, period, received_on, progress, percent, obstacles)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
        [id, databaseId, period, day, progress, percent, obstacles],
      );
      if (inserted.length === 0) {
        const [other] = await this.reports.query('WHERE row.database_id = $1 AND row.period = $2', [
          databaseId,
          period,
        ]);
        throw registryProblem('report-submitted', { period, id: other?.id ?? '' });
      }
      await manager.query(ADD_VERSION, this.versionOf(actor, id, 1, content));
      return this.reports.added(actor, id, { type: REGISTRY_REPORT_SUBMITTED });
    });
  }

  /**
   * Corrects what a report says. Its day stays, and every version is kept.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`
   */
  async correct(
    actor: Actor,
    id: string,
    content: ReportContent,
    ifMatch: number | undefined,
  ): Promise<RegistryReportState> {
    const { database } = await this.reports.read(id);
    const { owner } = await this.databases.read(database.id);
    if (!mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
    const change = { type: REGISTRY_REPORT_CORRECTED, ifMatch };
    return this.reports.alter(actor, id, change, async (before, manager) => {
      const { progress, percent, obstacles } = content;
      if (before.progress === progress && before.percent === percent && before.obstacles === obstacles) {
        return;
      }
      await manager.query(
        'UPDATE registry_report SET progress = $2, percent = $3, obstacles = $4 WHERE id = $1',
        [id, progress, percent, obstacles],
      );
      await manager.query(ADD_VERSION, this.versionOf(actor, id, before.version + 1, content));
    });
  }

  private dayOfReceipt(actor: Actor, receivedOn: string | undefined): string {
    const today = this.clock.today();
    if (receivedOn === undefined || receivedOn === today) return today;
    if (!mayKeep(actor)) throw problem('other-agency');
    if (receivedOn > today) {
      throw fieldProblem({ field: 'receivedOn', code: 'too-large', parameters: { max: today } });
    }
    return receivedOn;
  }

  private async requireAsked(databaseId: string, period: string): Promise<void> {
    const lists = await this.lists.ofDatabase(databaseId);
    const today = this.clock.today();
    const asked = lists.some((list) => reportPeriods(list, today).some((one) => one.period === period));
    if (!asked) throw registryProblem('report-not-asked', { period });
  }

  private versionOf(
    actor: Actor,
    id: string,
    version: number,
    { progress, percent, obstacles }: ReportContent,
  ): unknown[] {
    return [id, version, progress, percent, obstacles, actor.agency, this.clock.now()];
  }
}
