import { DATABASE_KINDS, type DatabaseKind, SHARING_SCOPES, type SharingScope } from '#libs/contracts';
import { CodeField, EnumField, TextField, UuidField } from '#libs/http';
import { ChangeEntryBody, CreateEntryBody, ListEntriesQuery } from '../catalogue/entry.requests.js';

const KIND = 'National, sector (chuyên ngành) or provincial database';
const SCOPE = 'Content, scope and scale (nội dung, phạm vi, quy mô)';
const SHARING = 'How far its data may be shared';
const TARGET = 'Quarter by whose end it is to be in operation';
export const QUARTER = /^20[0-9]{2}-Q[1-4]$/;

export class CreateDatabaseBody extends CreateEntryBody {
  @EnumField(DATABASE_KINDS, { description: KIND })
  kind: DatabaseKind;

  @TextField({ description: SCOPE, max: 4_000, multiline: true, optional: true, nullable: true })
  scope?: string | null;

  @EnumField(SHARING_SCOPES, { description: SHARING, optional: true, nullable: true })
  sharingScope?: SharingScope | null;

  @CodeField(QUARTER, { description: TARGET, optional: true, nullable: true, example: '2026-Q2' })
  targetQuarter?: string | null;
}

export class ChangeDatabaseBody extends ChangeEntryBody {
  @EnumField(DATABASE_KINDS, { description: KIND, optional: true })
  kind?: DatabaseKind;

  @TextField({ description: SCOPE, max: 4_000, multiline: true, optional: true, nullable: true })
  scope?: string | null;

  @EnumField(SHARING_SCOPES, { description: SHARING, optional: true, nullable: true })
  sharingScope?: SharingScope | null;

  @CodeField(QUARTER, { description: TARGET, optional: true, nullable: true, example: '2026-Q2' })
  targetQuarter?: string | null;
}

export class ListDatabasesQuery extends ListEntriesQuery {
  @EnumField(DATABASE_KINDS, { description: 'Only this kind', optional: true })
  kind?: DatabaseKind;

  @UuidField({ description: 'Only databases on this list', optional: true })
  list?: string;

  @CodeField(QUARTER, { description: 'Only databases with this target quarter', optional: true })
  targetQuarter?: string;
}
