import type { Scope } from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  CursorQuery,
  Field,
  InstantField,
  IntegerField,
  kinds,
  TextField,
  UuidField,
} from '#libs/http';
import { AgencyField, make, ScopesField } from '../fields.js';
import { LONGEST_PASSWORD, normalise, SHORTEST_PASSWORD } from './passwords.js';
import type { Person } from './person.entity.js';
import type { PersonWithPassword } from './people.service.js';

/** Lower case, so that "An" and "an" cannot be two people. */
export const USERNAME = /^[a-z0-9][a-z0-9._-]{1,62}$/;

const USERNAME_TEXT = { description: 'Name to log in with', example: 'stc.ketoan' };
const AGENCY = { description: "Code of the person's agency; null for an administrator of none" };
const SCOPES = { description: "What the person may do; an application's tokens carry no more than this" };
const TEMPORARY = {
  description: 'Whether the person has to choose another password at the next login',
  optional: true,
  default: true,
};
/** Not trimmed like other texts: blanks at its ends are part of a password. */
const PasswordField = () =>
  Field(
    {
      ...kinds.text({ min: SHORTEST_PASSWORD, max: LONGEST_PASSWORD }),
      normalise: (value) => (typeof value === 'string' ? normalise(value) : value),
    },
    { description: 'Password; left out, one is made and shown in the answer this once', optional: true },
  );

/** Person to register. */
export class NewPerson {
  @CodeField(USERNAME, USERNAME_TEXT)
  username: string;

  @PasswordField()
  password?: string;

  @BooleanField(TEMPORARY)
  temporary = true;

  @AgencyField({ ...AGENCY, optional: true, default: null })
  agency: string | null = null;

  @ScopesField(SCOPES)
  scopes: Scope[];
}

/** Changes to a person; fields left out stay as they are. */
export class PersonChanges {
  @AgencyField({ ...AGENCY, optional: true })
  agency?: string | null;

  @ScopesField({ ...SCOPES, optional: true })
  scopes?: Scope[];
}

/** New password of a person. */
export class NewPassword {
  @PasswordField()
  password?: string;

  @BooleanField(TEMPORARY)
  temporary = true;
}

export class PersonQuery extends CursorQuery {}

/** Person as administrators see it; nothing of the password. */
export class PersonView {
  @UuidField({ description: 'Identifier, the subject of the tokens' })
  id: string;

  @CodeField(USERNAME, USERNAME_TEXT)
  username: string;

  @AgencyField(AGENCY)
  agency: string | null;

  @ScopesField(SCOPES)
  scopes: Scope[];

  @InstantField({ description: 'When the password was last set' })
  passwordChangedAt: string;

  @BooleanField({ description: 'Whether another password has to be chosen at the next login' })
  passwordTemporary: boolean;

  @InstantField({
    description: 'Until when login is refused after wrong passwords; null when it is not',
    nullable: true,
  })
  lockedUntil: string | null;

  @InstantField({ description: 'Since when the person may not log in; null while allowed', nullable: true })
  disabledAt: string | null;

  @InstantField({ description: 'When the person was registered' })
  createdAt: string;

  @InstantField({ description: 'When the person was last changed' })
  updatedAt: string;

  @IntegerField({ description: 'Version, 1 more at each change' })
  version: number;

  static of(person: Person, lockedUntil: Date | null): PersonView {
    return make(PersonView, fieldsOf(person, lockedUntil));
  }
}

function fieldsOf(person: Person, lockedUntil: Date | null) {
  return {
    id: person.id,
    username: person.username,
    agency: person.agency,
    scopes: person.scopes,
    passwordChangedAt: person.passwordChangedAt.toISOString(),
    passwordTemporary: person.passwordTemporary,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    disabledAt: person.disabledAt?.toISOString() ?? null,
    createdAt: person.createdAt.toISOString(),
    updatedAt: person.updatedAt.toISOString(),
    version: person.version,
  };
}

/** A person with the password made for them, shown this once. */
export class PersonWithPasswordView extends PersonView {
  @TextField({
    description: 'Password made by the system; null when the request brought one',
    max: 100,
    nullable: true,
  })
  password: string | null;

  static ofNew({ person, password }: PersonWithPassword): PersonWithPasswordView {
    return make(PersonWithPasswordView, { ...fieldsOf(person, null), password });
  }
}
