import { Injectable } from '@nestjs/common';
import type {
  AgencyRef,
  BilingualText,
  DatabaseKind,
  DatasetClass,
  Lifecycle,
  SharingScope,
  SourceReference,
  UpdateFrequency,
} from '#libs/contracts';
import { decodeCursor, encodeCursor } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { PublicationContent } from './publication.store.js';

/** Data that are shared through this registry, as the catalogue tells of them. */
export interface SharedDataset {
  code: string;
  title: BilingualText;
  meaning: BilingualText;
  classification: DatasetClass;
}

/** A database as the catalogue tells it. */
export interface CatalogueRow {
  id: string;
  name: string;
  code: string | null;
  kind: DatabaseKind;
  owner: AgencyRef | null;
  lifecycle: Lifecycle;
  scope: string | null;
  sharingScope: SharingScope | null;
  source: SourceReference | null;
  publication: (PublicationContent & { access: DatasetClass }) | null;
  /** Open sharing services of its data that the caller may know of. */
  sharing: SharedDataset[];
  frequency: UpdateFrequency | null;
  /** When data last arrived; null: nobody has said. */
  lastUpdateAt: Date | null;
  createdAt: Date;
  /** Last change of anything that is told here. */
  modifiedAt: Date;
}

/** A database that ceased to be open. */
export interface Withdrawn {
  id: string;
  at: Date;
}

export interface CataloguePage {
  rows: CatalogueRow[];
  withdrawn: Withdrawn[];
  isFirst: boolean;
  limit: number;
  next: string | null;
  /** Of all pages. */
  total: number;
  /** First entry of the registry, and last change of what the caller sees; null: the registry is empty. */
  issuedAt: Date | null;
  modifiedAt: Date | null;
}

export interface CatalogueFilters {
  limit: number;
  cursor?: string;
  /** ISO 8601 UTC; this instant included. */
  changedSince?: string;
  /** Databases that are not open, too. */
  everything: boolean;
}

const FROM = `
  FROM registry_database database
  LEFT JOIN registry_publication publication ON publication.database_id = database.id
  LEFT JOIN registry_quality quality ON quality.id = database.id
  LEFT JOIN LATERAL (
    SELECT line.at FROM registry_change line
     WHERE line.aggregate = 'quality' AND line.aggregate_id = quality.id
     ORDER BY line.version DESC LIMIT 1) declared ON true
  LEFT JOIN (
    SELECT database_id, max(updated_at) AS updated_at,
           jsonb_agg(jsonb_build_object('code', code, 'title', title, 'meaning', meaning,
             'classification', classification) ORDER BY code)
             FILTER (WHERE state = 'open' AND ($1 OR classification = 'open')) AS services
      FROM sharing_dataset WHERE database_id IS NOT NULL GROUP BY database_id) sharing
    ON sharing.database_id = database.id
  CROSS JOIN LATERAL (
    SELECT GREATEST(database.updated_at, publication.changed_at, declared.at, sharing.updated_at) AS modified_at) change`;

const SEEN = `($1 OR publication.access = 'open')`;

const COLUMNS = `
  SELECT database.id, database.name, database.code, database.kind, database.lifecycle, database.scope,
         CASE WHEN database.owner_name IS NOT NULL THEN
           jsonb_build_object('code', database.owner_code, 'name', database.owner_name) END AS owner,
         database.sharing_scope AS "sharingScope",
         CASE WHEN database.source_document IS NOT NULL THEN
           jsonb_build_object('document', database.source_document, 'clause', database.source_clause,
             'asOf', database.source_as_of) END AS source,
         CASE WHEN publication.id IS NOT NULL THEN
           publication.content || jsonb_build_object('access', publication.access) END AS publication,
         COALESCE(sharing.services, '[]') AS sharing,
         quality.frequency, quality.last_update_at AS "lastUpdateAt",
         database.created_at AS "createdAt", change.modified_at AS "modifiedAt"`;

/** More would not have ceased to be open between two visits of a portal. */
const MAX_WITHDRAWN = 1_000;

/** Reads the catalogue page by page: a page is all that is in memory. */
@Injectable()
export class CatalogueQueries {
  constructor(private readonly transactions: TransactionScope) {}

  /** In the order of entry. */
  async page({ limit, cursor, changedSince, everything }: CatalogueFilters): Promise<CataloguePage> {
    const filters = { changedSince, everything };
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const since = changedSince ?? null;
    const rows = await this.transactions.manager.query<CatalogueRow[]>(
      `${COLUMNS} ${FROM}
        WHERE ${SEEN} AND ($2::timestamptz IS NULL OR change.modified_at >= $2)
          AND ($3::uuid IS NULL OR database.id > $3)
        ORDER BY database.id LIMIT $4`,
      [everything, since, after ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      rows: shown,
      withdrawn: after === undefined && since !== null && !everything ? await this.withdrawn(since) : [],
      isFirst: after === undefined,
      limit,
      next: last === undefined ? null : encodeCursor([last.id], filters),
      ...(await this.whole(everything, since)),
    };
  }

  /** Null for one that is not there, or that the caller does not see. */
  async one(id: string, everything: boolean): Promise<CatalogueRow | null> {
    const [row] = await this.transactions.manager.query<CatalogueRow[]>(
      `${COLUMNS} ${FROM} WHERE ${SEEN} AND database.id = $2`,
      [everything, id],
    );
    return row ?? null;
  }

  private async whole(
    everything: boolean,
    since: string | null,
  ): Promise<Pick<CataloguePage, 'total' | 'issuedAt' | 'modifiedAt'>> {
    const [whole] = await this.transactions.manager.query<
      Pick<CataloguePage, 'total' | 'issuedAt' | 'modifiedAt'>[]
    >(
      `SELECT (count(*) FILTER (WHERE ${SEEN} AND ($2::timestamptz IS NULL OR change.modified_at >= $2)))::int AS total,
              min(database.created_at) AS "issuedAt",
              COALESCE(max(change.modified_at) FILTER (WHERE ${SEEN}), min(database.created_at)) AS "modifiedAt"
         ${FROM}`,
      [everything, since],
    );
    return whole ?? { total: 0, issuedAt: null, modifiedAt: null };
  }

  private withdrawn(since: string): Promise<Withdrawn[]> {
    return this.transactions.manager.query<Withdrawn[]>(
      `SELECT database_id AS id, closed_at AS at FROM registry_publication
        WHERE closed_at >= $1 ORDER BY closed_at LIMIT $2`,
      [since, MAX_WITHDRAWN],
    );
  }
}
