import { type DynamicModule, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ReadinessCheck } from '#libs/contracts';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { migrate } from './migrate.js';
import { TransactionScope } from './transaction-scope.js';

type ClassOrSchema = MixedList<NewableFunction | string | EntitySchema>;

export interface PersistenceOptions {
  /** `postgres://role:password@host:port/database`; the role owns the database and nothing else. */
  url: string;
  entities: ClassOrSchema;
  /** TypeORM migration classes, in any order (their timestamps order them). */
  migrations: MixedList<NewableFunction | string>;
  /** Connections in the pool; default 10. */
  poolSize?: number;
  /** Name shown in pg_stat_activity. */
  applicationName?: string;
}

@Injectable()
class DatabaseReadiness extends ReadinessCheck {
  readonly name = 'database';

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async check(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }
}

@Injectable()
class DataSourceShutdown implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** The service's own database: connection pool, migrations at start, transaction scope. Import it once, at the root. */
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      providers: [
        { provide: DataSource, useFactory: () => openDataSource(options) },
        TransactionScope,
        DatabaseReadiness,
        DataSourceShutdown,
      ],
      exports: [DataSource, TransactionScope],
    };
  }
}

/** Connections that stay when there is nothing to do; others close after 10 seconds, since each takes 20 MB. */
const KEPT_CONNECTIONS = 1;
const RETRY_MILLISECONDS = 1_000;
/** A database that is not up after this long is a mistake an administrator must see, not something to wait for. */
const ATTEMPTS = 60;

async function openDataSource(options: PersistenceOptions): Promise<DataSource> {
  const logger = new Logger('Persistence');
  const shared = {
    type: 'postgres',
    url: options.url,
    migrations: options.migrations,
    applicationName: options.applicationName ?? 'ioc',
    logging: false,
  } as const;
  // One connection holds the lock, the other migrates.
  const migrating = await connect(new DataSource({ ...shared, poolSize: 2 }), logger);
  try {
    await migrate(migrating, logger);
  } finally {
    await migrating.destroy();
  }
  const dataSource = new DataSource({
    ...shared,
    entities: options.entities,
    poolSize: options.poolSize ?? 10,
    extra: {
      // The first change after a quiet while would pay for a login, a cold session and the preparing of its statements.
      min: KEPT_CONNECTIONS,
      // A statement that hangs holds row locks that others wait for.
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
      // Statements leave without waiting for the answers of earlier ones: see TransactionScope.send.
      pipeline: true,
      // Writing takes a transaction that says so: see TransactionRunner.
      options: '-c default_transaction_read_only=on',
    },
  });
  return connect(dataSource, logger);
}

async function connect(dataSource: DataSource, logger: Logger): Promise<DataSource> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await dataSource.initialize();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWorthWaitingFor(error)) throw error;
      logger.warn(`database not reachable yet (attempt ${attempt}): ${(error as Error).message}`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }
}

/** Refused or reset connections and "starting up"; not a wrong password or a missing database. */
function isWorthWaitingFor(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03'].includes(code);
}
