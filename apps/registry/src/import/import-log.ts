import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayKeep } from '../access/registry-access.js';
import type { ImportCounts } from './import-result.js';

/** An import that was taken over. Who in person sent it stays inside. */
export interface LoggedImport {
  id: string;
  /** ISO 8601 UTC. */
  at: string;
  /** null: a token without an agency. */
  agency: string | null;
  /** As the sender named the file; null: not named. */
  fileName: string | null;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
  counts: ImportCounts;
}

/** Which files were taken over, by whom, and what they changed; only ever added to. */
@Injectable()
export class ImportLog {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Inside `TransactionScope.run`, so that an import that is taken back leaves no line. */
  record(actor: Actor, content: Buffer, fileName: string | null, counts: ImportCounts): void {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.transactions.send({
      text: `INSERT INTO registry_import (id, at, author, author_agency, file_name, sha256, counts)
             VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [uuidv7(), this.clock.now(), actor.subject, actor.agency, fileName, sha256, counts],
    });
  }

  /** Newest first; an agency sees its own, Sở KH&CN all. */
  async list(actor: Actor, query: CursorQuery): Promise<Page<LoggedImport>> {
    const own = mayKeep(actor) ? null : actor.agency;
    const [before] = decodeCursor<[string]>(query.cursor, { own }, ['uuid']) ?? [];
    const rows = await this.transactions.manager.query<(Omit<LoggedImport, 'at'> & { at: Date })[]>(
      `SELECT id, at, author_agency AS agency, file_name AS "fileName", sha256, counts FROM registry_import
        WHERE ($1::text IS NULL OR author_agency = $1) AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      [own, before ?? null, query.limit + 1],
    );
    const items = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return toPage(items, query.limit, ({ id }) => [id], { own });
  }
}
