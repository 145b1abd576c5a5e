/** Parts of the statements that give a plan's state as JSON. */

/** An agency whose code and name stand in two columns with this beginning. */
export const agencyOf = (column: string): string =>
  `jsonb_build_object('code', row.${column}_code, 'name', row.${column}_name)`;

/** A document whose number and date stand in two columns with this beginning; null without a number. */
export const documentOf = (column: string): string =>
  `CASE WHEN row.${column}_number IS NULL THEN NULL
        ELSE jsonb_build_object('number', row.${column}_number, 'date', row.${column}_date) END`;
