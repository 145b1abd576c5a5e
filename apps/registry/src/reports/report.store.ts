import { Injectable } from '@nestjs/common';
import { REGISTRY_REPORT, type RegistryReportState } from '#libs/contracts';
import { AggregateStore, History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', jsonb_build_object('id', row.database_id, 'name', database.name),
    'period', row.period, 'receivedOn', row.received_on, 'progress', row.progress, 'percent', row.percent,
    'obstacles', row.obstacles) AS state
  FROM registry_report row JOIN registry_database database ON database.id = row.database_id`;

@Injectable()
export class ReportStore extends AggregateStore<RegistryReportState> {
  constructor(transactions: TransactionScope, history: History) {
    super({ aggregate: REGISTRY_REPORT, table: 'registry_report', select: SELECT }, transactions, history);
  }

  ofDatabases(databaseIds: readonly string[]): Promise<RegistryReportState[]> {
    return this.query('WHERE row.database_id = ANY($1)', [databaseIds]);
  }
}
