import { DATABASE_KINDS, type DatabaseKind, type RegistryDatabaseState } from '#libs/contracts';
import { EnumField } from '#libs/http';
import { EntryView } from '../catalogue/entry.view.js';

export class DatabaseView extends EntryView implements RegistryDatabaseState {
  @EnumField(DATABASE_KINDS, { description: 'National, sector (chuyên ngành) or provincial database' })
  kind: DatabaseKind;
}
