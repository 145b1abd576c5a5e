import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  type AgencyRef,
  type DatabaseRef,
  type KnownQuality,
  lateAt,
  type Lifecycle,
  livenessOf,
  NOTHING_KNOWN,
  problem,
  type QualityFacts,
  qualityScore,
  type QualityScore,
} from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { CheckContent } from './check-figures.js';
import type { QualityCheck } from './quality.service.js';
import type { ListQualityQuery } from './quality.requests.js';
import { asInstant, QualityStore } from './quality.store.js';
import { Standings } from './standings.js';

/** A database with its score at the moment it is asked for. */
export interface ScoredDatabase {
  database: DatabaseRef;
  owner: AgencyRef | null;
  lifecycle: Lifecycle;
  /** Version of its quality, for If-Match; null: nothing was ever said about it. */
  version: number | null;
  facts: QualityFacts;
  score: QualityScore;
  /** true: late against the declared frequency, false: in time, null: not known. */
  stale: boolean | null;
  /** ISO 8601 UTC. */
  lateAt: string | null;
}

interface DatabaseRow {
  id: string;
  name: string;
  owner: AgencyRef | null;
  lifecycle: Lifecycle;
}

const DATABASES = `
  SELECT id, name, lifecycle,
         CASE WHEN owner_name IS NULL THEN NULL ELSE jsonb_build_object('code', owner_code, 'name', owner_name) END AS owner
    FROM registry_database`;

/** Reads the quality of databases as it stands now. */
@Injectable()
export class QualityQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: QualityStore,
    private readonly standings: Standings,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found` */
  async of(databaseId: string): Promise<ScoredDatabase> {
    const [row] = await this.rows('WHERE id = $1', [databaseId]);
    if (!row) throw problem('not-found');
    const [scored] = await this.scored([row]);
    if (!scored) throw problem('not-found');
    return scored;
  }

  /** Worst first: most criteria not attained, then fewest attained. */
  async list(query: ListQualityQuery): Promise<Page<ScoredDatabase>> {
    const { owner, stale, limit } = query;
    const filters = { owner, stale };
    const after = decodeCursor<[number, string]>(query.cursor, filters, ['integer', 'uuid']);
    const rows = await this.rows(
      `WHERE ($1::text IS NULL OR owner_code = $1) AND lifecycle NOT IN ('replaced', 'retired')`,
      [owner ?? null],
    );
    const page = (await this.scored(rows))
      .filter((one) => stale === undefined || (one.stale === true) === stale)
      .sort((one, other) => compare(positionOf(one), positionOf(other)))
      .filter((one) => after === undefined || compare(positionOf(one), after) > 0)
      .slice(0, limit + 1);
    return toPage(page, limit, positionOf, filters);
  }

  /** Results of checks, the newest first. @throws problem `not-found` */
  async checks(databaseId: string, query: CursorQuery): Promise<Page<QualityCheck>> {
    await this.requireDatabase(databaseId);
    const [at, id] = decodeCursor<[string, string]>(query.cursor, { databaseId }, ['instant', 'uuid']) ?? [];
    const rows = await this.transactions.manager.query<
      (Pick<QualityCheck, 'id' | 'agency' | 'receivedAt'> & { content: CheckContent })[]
    >(
      `SELECT id, content, author_agency AS agency, ${asInstant('received_at')} AS "receivedAt"
         FROM registry_quality_check
        WHERE database_id = $1 AND ($2::timestamptz IS NULL OR (checked_at, id) < ($2, $3::uuid))
        ORDER BY checked_at DESC, id DESC LIMIT $4`,
      [databaseId, at ?? null, id ?? null, query.limit + 1],
    );
    const checks = rows.map(({ content, ...row }) => ({ ...content, ...row }));
    return toPage(checks, query.limit, (check) => [check.checkedAt, check.id], { databaseId });
  }

  /** @throws problem `not-found` */
  async requireDatabase(databaseId: string): Promise<void> {
    const rows = await this.rows('WHERE id = $1', [databaseId]);
    if (rows.length === 0) throw problem('not-found');
  }

  private rows(rest: string, parameters: unknown[]): Promise<DatabaseRow[]> {
    return this.transactions.manager.query<DatabaseRow[]>(`${DATABASES} ${rest}`, parameters);
  }

  private async scored(rows: readonly DatabaseRow[]): Promise<ScoredDatabase[]> {
    const ids = rows.map(({ id }) => id);
    const [states, standingOf] = [await this.store.many(ids), await this.standings.of(ids)];
    const now = this.clock.now().toISOString();
    return rows.map(({ id, name, owner, lifecycle }) => {
      const state = states.get(id);
      const quality: KnownQuality = { ...(state ?? NOTHING_KNOWN), ...standingOf(id) };
      const facts: QualityFacts = { lifecycle, quality };
      const liveness = livenessOf(facts, now);
      return {
        database: { id, name },
        owner,
        lifecycle,
        version: state?.version ?? null,
        facts,
        score: qualityScore(facts, now),
        stale: liveness === 'not-determined' ? null : liveness === 'not-attained',
        lateAt: lateAt(quality),
      };
    });
  }
}

/** Most criteria not attained first, then fewest attained, then the order of entry. */
function positionOf({ database, score }: ScoredDatabase): [number, string] {
  const failed = score.judged - score.attained;
  return [score.attained - 10 * failed, database.id];
}

function compare(one: readonly [number, string], other: readonly [number, string]): number {
  return one[0] - other[0] || (one[1] < other[1] ? -1 : one[1] > other[1] ? 1 : 0);
}
