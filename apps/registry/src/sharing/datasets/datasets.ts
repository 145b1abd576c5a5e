import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  AGENCY_STREAM,
  AGENCY_SUBJECT,
  problem,
  SHARING_DATASET_CHANGED,
  SHARING_DATASET_CLOSED,
  SHARING_DATASET_REGISTERED,
  type DatasetTerms,
  type SharingDatasetState,
} from '#libs/contracts';
import { fieldProblem, foldVietnamese } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { speaksFor } from '../../access/registry-access.js';
import { DatabasesQueries } from '../../databases/databases.service.js';
import { registryProblem } from '../../problems.js';
import type { DatasetFieldBody } from './dataset.requests.js';
import { DatasetStore } from './dataset.store.js';
import { checkFieldChange, fieldsOf, schemaOf } from './field-changes.js';

/** What an agency says about a dataset of its own; all of it can be changed later. */
export type OwnDatasetTerms = DatasetTerms & { databaseId: string | null };

/** What is changed in a dataset; what is left out stays. */
export interface DatasetChanges extends Partial<OwnDatasetTerms> {
  fields?: readonly DatasetFieldBody[];
}

export interface NewDataset extends OwnDatasetTerms {
  slug: string;
  fields: readonly DatasetFieldBody[];
}

/** Datasets that agencies register and publish themselves. */
@Injectable()
export class Datasets {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly datasets: DatasetStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /** Codes of the open datasets that the agency registered for publishing itself, in alphabetical order. */
  async ownOf(agency: string): Promise<string[]> {
    const rows = await this.transactions.manager.query<{ code: string }[]>(
      `SELECT code FROM sharing_dataset
       WHERE provider = $1 AND service IS NULL AND state = 'open' ORDER BY code`,
      [agency],
    );
    return rows.map(({ code }) => code);
  }

  /** @throws problem `other-agency` for a caller of no agency, `code-taken`, `not-found`, `validation-failed` */
  register(actor: Actor, { slug, fields: sent, ...terms }: NewDataset): Promise<SharingDatasetState> {
    const { agency } = actor;
    if (agency === null) throw problem('other-agency');
    const code = `${agency.toLowerCase()}-${slug}`;
    const fields = fieldsOf(sent);
    checkTerms(terms);
    return this.transactions.run(async (manager) => {
      await this.requireOwnDatabase(actor, terms.databaseId);
      const id = uuidv7();
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO sharing_dataset (id, version, code, service, provider, title, meaning, stream, subject, event_types,
           fields, schema, classification, access, master, legal_ground, database_id, state, search, created_at, updated_at)
         VALUES ($1, 1, $2, NULL, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'open', $16, $17, $17)
         ON CONFLICT (code) DO NOTHING RETURNING id`,
        [
          id,
          code,
          agency,
          terms.title,
          terms.meaning,
          AGENCY_STREAM,
          `${AGENCY_SUBJECT}.${code}.*`,
          [`vn.ioc.agencies.${code}.changed.v1`],
          JSON.stringify(fields),
          schemaOf(fields),
          terms.classification,
          terms.access,
          terms.master,
          terms.legalGround,
          terms.databaseId,
          searchText({ code, ...terms }),
          this.clock.now(),
        ],
      );
      if (inserted.length === 0) throw await this.codeTaken(code);
      return this.datasets.added(actor, id, { type: SHARING_DATASET_REGISTERED });
    });
  }

  /**
   * @param addedToAll whether grants of all fields of restricted data get the fields that are added
   * @throws problem `not-found`, `other-agency`, `stale-version`, `dataset-of-service`, `dataset-closed`,
   *   `dataset-field-granted`, `dataset-granted-whole`, `validation-failed`
   */
  change(
    actor: Actor,
    id: string,
    { fields: sent, ...changes }: DatasetChanges,
    { ifMatch, addedToAll }: { ifMatch: number | undefined; addedToAll: boolean },
  ): Promise<SharingDatasetState> {
    const change = { type: SHARING_DATASET_CHANGED, ifMatch };
    return this.datasets.alter(actor, id, change, async (before, manager) => {
      requireOwn(actor, before);
      await this.requireOwnDatabase(actor, changes.databaseId ?? null);
      const { code, title, meaning, classification, access, master, legalGround } = { ...before, ...changes };
      checkTerms({ classification, access });
      const fields = sent ? fieldsOf(sent) : before.fields;
      const isRestricted = [before.classification, classification].includes('restricted');
      const today = this.clock.today();
      await checkFieldChange(this.transactions, { before, fields, isRestricted, addedToAll, today });
      const databaseId =
        changes.databaseId === undefined ? (before.database?.id ?? null) : changes.databaseId;
      await manager.query(
        `UPDATE sharing_dataset SET title = $2, meaning = $3, classification = $4, access = $5, master = $6,
           legal_ground = $7, database_id = $8, search = $9, updated_at = $10, fields = $11, schema = $12
         WHERE id = $1`,
        [
          id,
          title,
          meaning,
          classification,
          access,
          master,
          legalGround,
          databaseId,
          searchText({ code, title, meaning }),
          this.clock.now(),
          JSON.stringify(fields),
          schemaOf(fields),
        ],
      );
    });
  }

  /**
   * No further requests and no publishing from now on; what was granted goes on until its end.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `dataset-of-service`, `dataset-closed`
   */
  close(actor: Actor, id: string, reason: string, ifMatch: number | undefined): Promise<SharingDatasetState> {
    const change = { type: SHARING_DATASET_CLOSED, ifMatch, note: reason };
    return this.datasets.alter(actor, id, change, async (before, manager) => {
      requireOwn(actor, before);
      await manager.query(`UPDATE sharing_dataset SET state = 'closed', updated_at = $2 WHERE id = $1`, [
        id,
        this.clock.now(),
      ]);
    });
  }

  private async requireOwnDatabase(actor: Actor, id: string | null): Promise<void> {
    if (id === null) return;
    const { owner } = await this.databases.read(id);
    if (!speaksFor(actor, owner?.code ?? null)) throw problem('other-agency');
  }

  private async codeTaken(code: string): Promise<Error> {
    const [taken] = await this.datasets.query('WHERE row.code = $1', [code]);
    return registryProblem('code-taken', { code, id: taken?.id ?? '' });
  }
}

/** Text that a search looks into, folded as its query is. */
export function searchText({
  code,
  title,
  meaning,
}: Pick<SharingDatasetState, 'code' | 'title' | 'meaning'>): string {
  return foldVietnamese([code, title.vi, title.en, meaning.vi, meaning.en].join(' '));
}

/** What is granted to every agency that asks is no restricted data. */
function checkTerms({ classification, access }: Pick<DatasetTerms, 'classification' | 'access'>): void {
  if (classification !== 'restricted' || access !== 'mandatory') return;
  throw fieldProblem({
    field: 'access',
    code: 'restricted-on-request',
    texts: {
      vi: 'Dữ liệu dùng riêng chỉ chia sẻ theo yêu cầu.',
      en: 'Restricted data are shared on request only.',
    },
  });
}

function requireOwn(actor: Actor, { service, provider, state, code }: SharingDatasetState): void {
  if (!speaksFor(actor, provider.code)) throw problem('other-agency');
  if (service !== null) throw registryProblem('dataset-of-service', { code, service });
  if (state === 'closed') throw registryProblem('dataset-closed', { code });
}
