import { SCOPES } from '#libs/contracts';
import { Field, type FieldOptions, kinds, ListField } from '#libs/http';

/** Code of an agency as libs/reference has it: SKHCN, STC, or a commune's statistical code such as 22333. */
export const AGENCY_CODE = /^[A-Z0-9][A-Z0-9._-]{0,34}$/;

/** Code of an agency, or null. */
export const AgencyField = (options: Omit<FieldOptions, 'nullable'>) =>
  Field(kinds.code(AGENCY_CODE, 35), { ...options, nullable: true, example: 'SKHCN' });

/** List of scopes of this system, none twice. */
export const ScopesField = (options: FieldOptions) =>
  ListField(kinds.oneOf(SCOPES), { ...options, max: SCOPES.length, unique: true, example: ['tasks:read'] });

/** The fields that a change names; those left out stay as they are. */
export function withoutUndefined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** An instance with all of its fields, none forgotten. */
export function make<T extends object>(type: new () => T, fields: { [Name in keyof T]: T[Name] }): T {
  return Object.assign(new type(), fields);
}
