import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';
import type { ImportResult } from './import-result.js';
import type { ImportFile } from './read-import.js';
import { type FileFormat, formatOf } from './readers/read-file.js';

/** An import that was taken over. Who in person sent it stays inside. */
export interface LoggedImport {
  id: string;
  /** ISO 8601 UTC. */
  at: string;
  /** Null: a token without an agency. */
  agency: string | null;
  /** Registered application that sent it. */
  client: string;
  /** As the sender named the file; null: not named. */
  fileName: string | null;
  format: FileFormat;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
  /** Document that the file was said to be taken from. */
  document: string;
  /** Items. */
  created: number;
  changed: number;
  unchanged: number;
}

const RECORD = `
  INSERT INTO budget_import (id, at, author, author_client, author_agency, file_name, format, sha256, document, created,
    changed, unchanged)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

const NEWEST = `
  SELECT id, at, author_agency AS agency, author_client AS client, file_name AS "fileName", format, sha256, document,
    created, changed, unchanged
  FROM budget_import
  WHERE ($1::text IS NULL OR author_agency = $1) AND ($2::uuid IS NULL OR id < $2)
  ORDER BY id DESC LIMIT $3`;

/** Which files were taken over, by whom, and what they did; only ever added to. */
@Injectable()
export class ImportLog {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Inside the attempt of the import: tried or refused, it takes its line back with the rest. */
  record(actor: Actor, file: ImportFile, { created, changed, unchanged }: ImportResult): void {
    const { content, contentType, fileName, source } = file;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const who = [actor.subject, actor.clientId, actor.agency];
    const what = [fileName ?? null, formatOf(contentType), sha256, source.document];
    const values = [uuidv7(), this.clock.now(), ...who, ...what, created, changed, unchanged];
    this.transactions.send({ text: RECORD, values });
  }

  /** The newest first: an agency's own; all for those who see every item. */
  async list(actor: Actor, query: CursorQuery): Promise<Page<LoggedImport>> {
    const own = visibleOwner(actor);
    const [before = null] = decodeCursor<[string]>(query.cursor, { own }, ['uuid']) ?? [];
    const rows = await this.transactions.manager.query<(Omit<LoggedImport, 'at'> & { at: Date })[]>(NEWEST, [
      own,
      before,
      query.limit + 1,
    ]);
    const items = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return toPage(items, query.limit, ({ id }) => [id], { own });
  }
}
