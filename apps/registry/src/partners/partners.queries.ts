import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import type { PartnerReport, PartnerSide, RegistryPartnerState } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { DatabasesQueries } from '../databases/databases.service.js';
import type { ListPartnerReportsQuery, ListPartnersQuery } from './partner.requests.js';
import { PartnerStore } from './partner.store.js';

export type PartnerReportItem = PartnerReport & { id: string; side: PartnerSide };

const REPORTS = `
  SELECT jsonb_build_object('id', id, 'side', side, 'on', reported_on, 'progress', progress, 'obstacles', obstacles) AS state
    FROM registry_partner_report
   WHERE partner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;

/** Reads registrations, as far as the caller may see them. */
@Injectable()
export class PartnersQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly partners: PartnerStore,
    private readonly databases: DatabasesQueries,
  ) {}

  /** @throws problem `not-found` */
  async list(
    actor: Actor,
    databaseId: string,
    { state, limit, cursor }: ListPartnersQuery,
  ): Promise<Page<RegistryPartnerState>> {
    await this.databases.read(databaseId);
    const filters = { databaseId, state };
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.partners.page(actor, { databaseId, state, after, limit: limit + 1 });
    return toPage(rows, limit, (partner) => [partner.id], filters);
  }

  /** @throws problem `not-found` */
  async listReports(
    actor: Actor,
    id: string,
    { limit, cursor }: ListPartnerReportsQuery,
  ): Promise<Page<PartnerReportItem>> {
    await this.partners.readVisible(actor, id);
    const [before] = decodeCursor<[string]>(cursor, { id }, ['uuid']) ?? [];
    const rows = await this.transactions.manager.query<{ state: PartnerReportItem }[]>(REPORTS, [
      id,
      before ?? null,
      limit + 1,
    ]);
    return toPage(
      rows.map(({ state }) => state),
      limit,
      (report) => [report.id],
      { id },
    );
  }
}
