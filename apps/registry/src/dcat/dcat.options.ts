import type { Bounds } from './describe/province.js';

export const PORTAL_OPTIONS = Symbol('PortalOptions');

/** What an administrator says of the catalogue for portals. */
export interface PortalOptions {
  /** Beginning of all identifiers, without a closing slash; undefined: the address of each request. */
  publicUrl: string | undefined;
  /** Bounds of the province; undefined: those of the reference list's points. */
  bounds: Bounds | undefined;
}
