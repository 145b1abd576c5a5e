import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { DatabaseKind, RegistryDatabaseState, RegistrySystemState, SystemKind } from '#libs/contracts';
import { tentatively, TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { importProblem } from '#libs/workbooks';
import { ConnectionStore } from '../connections/connection.store.js';
import { ConnectionsService } from '../connections/connections.service.js';
import { DatabasesQueries, DatabasesService } from '../databases/databases.service.js';
import type { EntryKey } from '../export/columns.js';
import { SecurityService } from '../security/security.service.js';
import { SystemsQueries, SystemsService } from '../systems/systems.service.js';
import { ConnectionImport } from './connection-import.js';
import { securityOf } from './entry-content.js';
import { EntryImport } from './entry-import.js';
import { ImportLog } from './import-log.js';
import type { CatalogueImportResult, ImportedRow, SheetTally } from './import-result.js';
import { readFile, type StatedFile } from './read-file.js';
import type { StatedSystem } from './stated-entry.js';
import { attempt } from './steps.js';

/** Further faults of a hopeless file are counted, not listed. */
const MAX_REMARKS = 1_000;

const SECURITY_COLUMNS: Readonly<Record<string, EntryKey>> = {
  'other-agency': 'level',
  'approval.on': 'approvedOn',
  recheckDue: 'recheckDue',
};

/** What came in, and how it is called. */
export interface SentFile {
  content: Buffer;
  name: string | null;
}

/**
 * Takes over databases, systems and connections from a workbook, through the services that the API calls. All or
 * nothing: what would be refused is said, row by row.
 */
@Injectable()
export class CatalogueImport {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly databases: DatabasesService,
    private readonly databasesQueries: DatabasesQueries,
    private readonly systems: SystemsService,
    private readonly systemsQueries: SystemsQueries,
    private readonly security: SecurityService,
    private readonly connections: ConnectionsService,
    private readonly connectionStore: ConnectionStore,
    private readonly reference: ReferenceData,
    private readonly log: ImportLog,
  ) {}

  /**
   * Imports a file; a dry run does the very same and takes it back, so that its answer is what the import will do.
   *
   * @throws problem `import-refused` (not in a dry run), and those of a file that is no workbook
   */
  async import(actor: Actor, sent: SentFile, dryRun: boolean): Promise<CatalogueImportResult> {
    const file = await readFile(sent.content, this.reference);
    // One import at a time: two of the same file would each find its rows missing.
    const result = await tentatively(
      this.transactions,
      'catalogue-import',
      () => this.take(actor, sent, file, dryRun),
      ({ accepted }) => accepted && !dryRun,
    );
    if (dryRun) return { ...result, rows: result.rows.map(withoutNewId) };
    const { accepted, faults, warnings, faultCount } = result;
    if (accepted) return result;
    throw importProblem('import-refused', { count: faultCount }, { faultCount, faults, warnings });
  }

  private async take(
    actor: Actor,
    sent: SentFile,
    file: StatedFile,
    dryRun: boolean,
  ): Promise<CatalogueImportResult> {
    const databases = await new EntryImport<DatabaseKind, RegistryDatabaseState>(
      actor,
      this.databases,
      (_stated, database) => Promise.resolve(database),
    ).take(file.databases, await this.databasesQueries.all());
    const systems = await new EntryImport<SystemKind, RegistrySystemState>(
      actor,
      this.systems,
      (stated, system) => this.setSecurity(actor, stated, system),
    ).take(file.systems, await this.systemsQueries.all());
    const objects = {
      databases: await this.databasesQueries.all(),
      systems: await this.systemsQueries.all(),
    };
    const connections = await new ConnectionImport(actor, this.connections, objects).take(
      file.connections,
      await this.connectionStore.query('ORDER BY row.id', []),
    );
    const result = resultOf(file, { databases, systems, connections }, dryRun);
    this.log.record(actor, sent.content, sent.name, result.counts);
    return result;
  }

  private async setSecurity(
    actor: Actor,
    stated: StatedSystem,
    system: RegistrySystemState,
  ): Promise<RegistrySystemState | null> {
    const { row } = stated;
    const security = securityOf(stated, system.security);
    if (row.isFaulty) return null;
    if (security === undefined || JSON.stringify(security) === JSON.stringify(system.security)) return system;
    return attempt(row, SECURITY_COLUMNS, () =>
      this.security.set(actor, system.id, security, system.version),
    );
  }
}

function resultOf(
  { notes: { faults, warnings } }: StatedFile,
  { databases, systems, connections }: Record<'databases' | 'systems' | 'connections', SheetTally>,
  dryRun: boolean,
): CatalogueImportResult {
  const bySheet = [...faults].sort(
    (one, other) => (one.sheet ?? '').localeCompare(other.sheet ?? '') || (one.row ?? 0) - (other.row ?? 0),
  );
  return {
    dryRun,
    accepted: faults.length === 0,
    counts: { databases: databases.counts, systems: systems.counts, connections: connections.counts },
    rows: [...databases.rows, ...systems.rows, ...connections.rows],
    faultCount: faults.length,
    faults: bySheet.slice(0, MAX_REMARKS),
    warnings: warnings.slice(0, MAX_REMARKS),
  };
}

/** What was only tried has no identifier. */
function withoutNewId(row: ImportedRow): ImportedRow {
  return row.action === 'create' ? { ...row, id: null } : row;
}
