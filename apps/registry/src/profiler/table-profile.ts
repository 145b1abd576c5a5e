import type { FieldFigures } from '../quality/check-figures.js';
import { FieldProfile } from './field-profile.js';
import { KeyDuplicates } from './key-duplicates.js';
import { ProfileError, type ProfilePlan } from './profile-plan.js';

/** What was found of a table. */
export interface TableFigures {
  records: number;
  malformed: number;
  key: string[];
  /** null: there is no key. */
  duplicates: number | null;
  fields: FieldFigures[];
}

/** Characters that may stand there composed or decomposed; most text has none of them. */
const MAY_DIFFER = /[\u0300-\u1dff\u1f00-\uffff]/;

/** Gathers what there is to know of a table, record by record, in bounded memory. */
export class TableProfile {
  private readonly fields: FieldProfile[];
  private readonly key: number[];
  private readonly values: string[];
  private readonly duplicates = new KeyDuplicates();
  private records = 0;
  private malformed = 0;

  /** @throws ProfileError for names that come twice, or of which the plan has others */
  constructor(
    names: readonly string[],
    private readonly plan: ProfilePlan,
  ) {
    checkNames(names, plan);
    this.fields = names.map((name) => new FieldProfile(name, plan.fields[name]));
    this.key = plan.key.map((name) => names.indexOf(name));
    this.values = names.map(() => '');
  }

  /** @param cells in the order of the names; null, missing or blank: no value */
  add(cells: readonly (string | null)[]): void {
    this.records += 1;
    if (cells.length !== this.fields.length) this.malformed += 1;
    for (let index = 0; index < this.fields.length; index += 1) {
      const value = oneForm(cells[index] ?? '');
      this.values[index] = value;
      if (value !== '') this.fields[index]?.add(value);
    }
    if (this.key.length === 0) return;
    const key = this.key.map((index) => this.values[index] ?? '');
    // A record without its whole key is like no other: that it lacks the key shows in what is filled.
    if (!key.includes('')) this.duplicates.add(key);
  }

  figures(): TableFigures {
    return {
      records: this.records,
      malformed: this.malformed,
      key: this.plan.key,
      duplicates: this.key.length === 0 ? null : this.duplicates.count(),
      fields: this.fields.map((field) => field.figures()),
    };
  }

  /** Takes its files away again. */
  close(): void {
    this.duplicates.close();
  }
}

function checkNames(names: readonly string[], plan: ProfilePlan): void {
  const [empty, twice] = [names.indexOf(''), names.find((name, index) => names.indexOf(name) !== index)];
  if (empty >= 0) throw new ProfileError(`field ${empty + 1} has no name`);
  if (twice !== undefined) throw new ProfileError(`there are two fields "${twice}"`);
  for (const name of [...plan.key, ...Object.keys(plan.fields)]) {
    if (names.includes(name)) continue;
    throw new ProfileError(`there is no field "${name}"; the fields are: ${names.join(', ')}`);
  }
}

/** Without blanks around, and composed (NFC): "Hòa" is the same value in either Unicode form. */
export function oneForm(cell: string): string {
  const trimmed = cell.trim();
  return MAY_DIFFER.test(trimmed) ? trimmed.normalize('NFC') : trimmed;
}
