import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  type FreshnessDeclaration,
  problem,
  type QualityExpectations,
  REGISTRY_QUALITY_CHECKED,
  REGISTRY_QUALITY_DECLARED,
  REGISTRY_QUALITY_STANDING_CHANGED,
  type RegistryQualityState,
} from '#libs/contracts';
import type { AggregateChange, Author } from '#libs/history';
import { assertVersion, fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayReportQuality, mayWriteEntry } from '../access/registry-access.js';
import { registryProblem } from '../problems.js';
import { type CheckContent, figuresOf } from './check-figures.js';
import { QualityStore } from './quality.store.js';
import type { Standing } from './standings.js';

/** A check as it is kept. */
export interface QualityCheck extends CheckContent {
  id: string;
  /** Agency that sent it. */
  agency: string | null;
  /** ISO 8601 UTC. */
  receivedAt: string;
}

type Allowed = (actor: Author, owner: string | null, operator: string | null) => boolean;

/** The clocks of the tools that send results are not the clock of this service. */
const CLOCK_DIFFERENCE = 5 * 60_000;

const SERVICE: Author = { subject: 'registry', agency: null };

const mayDeclare: Allowed = (actor, owner) => mayWriteEntry(actor, owner);

/** What is declared about the quality of a database, and what is found out about it. */
@Injectable()
export class QualityService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: QualityStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `stale-version` */
  declareFreshness(
    actor: Actor,
    databaseId: string,
    { frequency, toleranceHours }: FreshnessDeclaration,
    ifMatch: number | undefined,
  ): Promise<RegistryQualityState> {
    const change = { type: REGISTRY_QUALITY_DECLARED, ifMatch };
    return this.write(actor, databaseId, change, mayDeclare, async (_, manager) => {
      await manager.query('UPDATE registry_quality SET frequency = $2, tolerance_hours = $3 WHERE id = $1', [
        databaseId,
        frequency,
        toleranceHours,
      ]);
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version` */
  declareExpectations(
    actor: Actor,
    databaseId: string,
    { expectedRecords, mandatoryFields, allowedErrors }: QualityExpectations,
    ifMatch: number | undefined,
  ): Promise<RegistryQualityState> {
    const change = { type: REGISTRY_QUALITY_DECLARED, ifMatch };
    return this.write(actor, databaseId, change, mayDeclare, async ({ check }, manager) => {
      await manager.query(
        `UPDATE registry_quality SET expected_records = $2, mandatory_fields = $3, allowed_errors = $4 WHERE id = $1`,
        [databaseId, expectedRecords, mandatoryFields, allowedErrors],
      );
      if (check) await this.setFigures(manager, databaseId, check.id, mandatoryFields);
    });
  }

  /**
   * Takes down that new data arrived. An arrival from before the last one, or told twice, changes nothing.
   *
   * @param arrivedAt ISO 8601 UTC; undefined: now
   * @param records how many came; null: not told
   * @throws problem `not-found`, `other-agency`, `validation-failed`
   */
  arrived(
    actor: Actor,
    databaseId: string,
    arrivedAt: string | undefined,
    records: number | null,
  ): Promise<RegistryQualityState> {
    const at = arrivedAt ?? this.clock.now().toISOString();
    this.refuseFuture('arrivedAt', at);
    return this.transactions.run(async () => {
      await this.admit(actor, databaseId, mayReportQuality);
      this.keepArrival(databaseId, at, records);
      return this.store.arrived(actor, databaseId, at);
    });
  }

  /**
   * Takes down the results of a check; the newest check is the one that counts. The same results again change nothing.
   *
   * @throws problem `not-found`, `other-agency`, `check-recorded`, `validation-failed`
   */
  check(actor: Actor, databaseId: string, content: CheckContent): Promise<QualityCheck> {
    const { checkedAt, dataUpdatedAt } = content;
    this.refuseFuture('checkedAt', checkedAt);
    if (dataUpdatedAt !== null) this.refuseFuture('dataUpdatedAt', dataUpdatedAt);
    return this.transactions.run(async () => {
      let kept: QualityCheck | undefined;
      const change = { type: REGISTRY_QUALITY_CHECKED, note: content.note };
      await this.write(actor, databaseId, change, mayReportQuality, async (before, manager) => {
        kept = await this.keep(manager, actor, databaseId, content);
        if (dataUpdatedAt !== null) {
          this.keepArrival(databaseId, dataUpdatedAt, null);
          await manager.query(
            'UPDATE registry_quality SET last_update_at = greatest(last_update_at, $2) WHERE id = $1',
            [databaseId, dataUpdatedAt],
          );
        }
        if (before.check === null || before.check.checkedAt < checkedAt) {
          await this.setFigures(manager, databaseId, kept.id, before.expectations.mandatoryFields);
        }
      });
      if (!kept) throw new Error(`check of ${databaseId} was not kept`);
      return kept;
    });
  }

  /** Takes over what other parts of the registry know; nothing happens when it is known already. */
  setStanding(databaseId: string, { mapping, services }: Standing): Promise<RegistryQualityState> {
    const change = { type: REGISTRY_QUALITY_STANDING_CHANGED };
    return this.write(
      SERVICE,
      databaseId,
      change,
      () => true,
      async (_, manager) => {
        const values = [databaseId, mapping === null ? null : JSON.stringify(mapping), services];
        await manager.query('UPDATE registry_quality SET mapping = $2, services = $3 WHERE id = $1', values);
        await manager.query(
          `INSERT INTO registry_quality_standing (database_id, mapping, services, since) VALUES ($1, $2, $3, $4)`,
          [...values, this.clock.now()],
        );
      },
    );
  }

  /** Under the lock of the aggregate, which begins with the first thing that is said about a database. */
  private write(
    actor: Author,
    databaseId: string,
    change: AggregateChange,
    allowed: Allowed,
    work: (before: RegistryQualityState, manager: EntityManager) => Promise<void>,
  ): Promise<RegistryQualityState> {
    return this.transactions.run(async (manager) => {
      await this.admit(actor, databaseId, allowed);
      const begun = await manager.query<unknown[]>(
        'INSERT INTO registry_quality (id, version) VALUES ($1, 1) ON CONFLICT DO NOTHING RETURNING id',
        [databaseId],
      );
      if (begun.length === 0) return this.store.alter(actor, databaseId, change, work);
      assertVersion(0, change.ifMatch);
      await work(await this.store.read(databaseId), manager);
      return this.store.added(actor, databaseId, change);
    });
  }

  private async admit(actor: Author, databaseId: string, allowed: Allowed): Promise<void> {
    const [database] = await this.transactions.execute<{ owner: string | null; operator: string | null }>(
      'quality-writers',
      'SELECT owner_code AS owner, operator_code AS operator FROM registry_database WHERE id = $1',
      [databaseId],
    );
    if (!database) throw problem('not-found');
    if (!allowed(actor, database.owner, database.operator)) throw problem('other-agency');
  }

  private keepArrival(databaseId: string, at: string, records: number | null): void {
    this.transactions.send({
      text: `INSERT INTO registry_quality_arrival (database_id, arrived_at, records) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      values: [databaseId, at, records],
    });
  }

  private async keep(
    manager: EntityManager,
    { subject, agency }: Actor,
    databaseId: string,
    content: CheckContent,
  ): Promise<QualityCheck> {
    const id = uuidv7();
    const receivedAt = this.clock.now().toISOString();
    const text = JSON.stringify(content);
    const digest = createHash('sha256').update(text).digest('hex');
    const { checkedAt, tool } = content;
    const inserted = await manager.query<unknown[]>(
      `INSERT INTO registry_quality_check
         (id, database_id, checked_at, tool, content, digest, author, author_agency, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (database_id, checked_at, tool) DO NOTHING RETURNING id`,
      [id, databaseId, checkedAt, tool, text, digest, subject, agency, receivedAt],
    );
    if (inserted.length > 0) return { ...content, id, agency, receivedAt };
    const [other] = await manager.query<
      { id: string; digest: string; agency: string | null; receivedAt: Date }[]
    >(
      `SELECT id, digest, author_agency AS agency, received_at AS "receivedAt" FROM registry_quality_check
        WHERE database_id = $1 AND checked_at = $2 AND tool = $3`,
      [databaseId, checkedAt, tool],
    );
    if (other?.digest !== digest) throw registryProblem('check-recorded', { checkedAt, id: other?.id ?? '' });
    return { ...content, id: other.id, agency: other.agency, receivedAt: other.receivedAt.toISOString() };
  }

  private async setFigures(
    manager: EntityManager,
    databaseId: string,
    checkId: string,
    mandatoryFields: readonly string[] | null,
  ): Promise<void> {
    const [row] = await manager.query<{ content: CheckContent }[]>(
      'SELECT content FROM registry_quality_check WHERE id = $1',
      [checkId],
    );
    if (!row) throw new Error(`no check ${checkId}`);
    await manager.query('UPDATE registry_quality SET figures = $2 WHERE id = $1', [
      databaseId,
      JSON.stringify(figuresOf(checkId, row.content, mandatoryFields)),
    ]);
  }

  private refuseFuture(field: string, instant: string): void {
    const now = this.clock.now();
    if (Date.parse(instant) > now.getTime() + CLOCK_DIFFERENCE) {
      throw fieldProblem({ field, code: 'too-large', parameters: { max: now.toISOString() } });
    }
  }
}
