import { DATABASE_KINDS, type DatabaseKind } from '#libs/contracts';
import { EnumField } from '#libs/http';
import { ChangeEntryBody, CreateEntryBody, ListEntriesQuery } from '../catalogue/entry.requests.js';

const KIND = 'National, sector (chuyên ngành) or provincial database';

export class CreateDatabaseBody extends CreateEntryBody {
  @EnumField(DATABASE_KINDS, { description: KIND })
  kind: DatabaseKind;
}

export class ChangeDatabaseBody extends ChangeEntryBody {
  @EnumField(DATABASE_KINDS, { description: KIND, optional: true })
  kind?: DatabaseKind;
}

export class ListDatabasesQuery extends ListEntriesQuery {
  @EnumField(DATABASE_KINDS, { description: 'Only this kind', optional: true })
  kind?: DatabaseKind;
}
