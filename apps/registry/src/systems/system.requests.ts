import { SYSTEM_KINDS, type SystemKind } from '#libs/contracts';
import { DateField, EnumField } from '#libs/http';
import { ChangeEntryBody, CreateEntryBody, ListEntriesQuery } from '../catalogue/entry.requests.js';

const KIND = 'What sort of system it is';

export class CreateSystemBody extends CreateEntryBody {
  @EnumField(SYSTEM_KINDS, { description: KIND })
  kind: SystemKind;
}

export class ChangeSystemBody extends ChangeEntryBody {
  @EnumField(SYSTEM_KINDS, { description: KIND, optional: true })
  kind?: SystemKind;
}

export class ListSystemsQuery extends ListEntriesQuery {
  @EnumField(SYSTEM_KINDS, { description: 'Only this kind', optional: true })
  kind?: SystemKind;

  @DateField({
    description: 'Only systems whose security level is to be checked again by this day',
    optional: true,
  })
  recheckUntil?: string;
}
