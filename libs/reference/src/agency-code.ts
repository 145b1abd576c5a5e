/** Form of an agency code in requests: this system's short codes and the statistical codes of the communes. */
export const AGENCY_CODE = /^[A-Z0-9][A-Z0-9-]{0,19}$/;
