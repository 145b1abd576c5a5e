/** Parts of the statements that give an aggregate's state as JSON. */

/** A `timestamptz` as ISO 8601 UTC with milliseconds. */
export const isoInstant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A joined entry of the catalogue as `{id, name}`, or null. */
export const entryRef = (entry: string): string =>
  `CASE WHEN ${entry}.id IS NULL THEN NULL ELSE jsonb_build_object('id', ${entry}.id, 'name', ${entry}.name) END`;

/** An agency by its code; the name is added from the reference data. */
export const agencyCode = (column: string): string =>
  `jsonb_build_object('code', ${column}, 'name', ${column})`;
