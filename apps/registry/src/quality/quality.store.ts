import { Injectable } from '@nestjs/common';
import { REGISTRY_QUALITY, REGISTRY_QUALITY_UPDATED, type RegistryQualityState } from '#libs/contracts';
import { AggregateStore, type Author, History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';

/** A timestamptz as JSON has it everywhere else. */
export const asInstant = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SELECT = `
  SELECT jsonb_build_object(
    'id', row.id, 'version', row.version,
    'database', jsonb_build_object('id', row.id, 'name', database.name),
    'freshness', jsonb_build_object('frequency', row.frequency, 'toleranceHours', row.tolerance_hours),
    'expectations', jsonb_build_object(
      'expectedRecords', row.expected_records, 'mandatoryFields', row.mandatory_fields,
      'allowedErrors', row.allowed_errors),
    'lastUpdateAt', ${asInstant('row.last_update_at')}, 'check', row.figures,
    'mapping', row.mapping, 'services', row.services) AS state
  FROM registry_quality row JOIN registry_database database ON database.id = row.id`;

const ARRIVE = `
  INSERT INTO registry_quality (id, version, last_update_at) VALUES ($1, 1, $2)
  ON CONFLICT (id) DO UPDATE SET last_update_at = excluded.last_update_at, version = registry_quality.version + 1
    WHERE registry_quality.last_update_at IS NULL OR registry_quality.last_update_at < excluded.last_update_at
  RETURNING id`;

@Injectable()
export class QualityStore extends AggregateStore<RegistryQualityState> {
  constructor(
    transactions: TransactionScope,
    private readonly lines: History,
  ) {
    super({ aggregate: REGISTRY_QUALITY, table: 'registry_quality', select: SELECT }, transactions, lines);
  }

  /**
   * What {@link AggregateStore.alter} does, in two statements where that takes six, since data arrives all the time, and
   * begins the aggregate. An
   * arrival that is not newer changes nothing. Inside `run` only.
   *
   * @param at ISO 8601 UTC
   */
  async arrived(author: Author, id: string, at: string): Promise<RegistryQualityState> {
    const moved = await this.transactions.execute<object>('quality-arrival', ARRIVE, [id, at]);
    const state = await this.read(id);
    if (moved.length > 0) {
      const [aggregate, type] = [REGISTRY_QUALITY, REGISTRY_QUALITY_UPDATED];
      const changed = state.version === 1 ? [] : ['lastUpdateAt'];
      this.lines.record({ aggregate, state, type, changed, author });
    }
    return state;
  }

  /** By database; those of which nothing was ever said are left out. */
  async many(databaseIds: readonly string[]): Promise<Map<string, RegistryQualityState>> {
    const states = await this.query('WHERE row.id = ANY($1)', [databaseIds]);
    return new Map(states.map((state) => [state.id, state]));
  }
}
