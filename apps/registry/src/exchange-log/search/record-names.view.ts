import type { BilingualText } from '#libs/contracts';
import { kinds, ListField, ObjectField, TextField } from '#libs/http';
import { BilingualTextView } from '../../sharing/datasets/dataset.view.js';
import type { RecordNames } from './record-names.js';

class NamedAgencyView {
  @TextField({ description: 'Code', max: 64 })
  code: string;

  @TextField({ description: 'Vietnamese name', max: 500 })
  name: string;
}

class NamedDatasetView {
  @TextField({ description: 'Code', max: 200 })
  code: string;

  @ObjectField(() => BilingualTextView, { description: 'Title' })
  title: BilingualText;
}

export class RecordNamesView implements RecordNames {
  @ListField(kinds.object(() => NamedAgencyView), {
    description: 'Every agency that may be a party, commune units last',
    max: 10_000,
  })
  agencies: NamedAgencyView[];

  @ListField(kinds.object(() => NamedDatasetView), { description: 'Every dataset, by code', max: 100_000 })
  datasets: NamedDatasetView[];
}
