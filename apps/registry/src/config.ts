import { optionalSetting, readServiceConfig, type ServiceConfig } from '#libs/http';
import type { Bounds } from './dcat/describe/province.js';
import { type LogPagesSettings, readLogPagesSettings } from './exchange-log/pages/serve-pages.js';

/** What an administrator tells the registry. */
export interface RegistryConfig extends ServiceConfig {
  /**
   * Where this service is reached from outside (`PUBLIC_URL`), without a closing slash; the identifiers in the DCAT
   * catalogue begin with it, so that it must stay. Undefined: the address that each request names, which will do for a
   * try, but gives other identifiers to whoever calls by another name.
   */
  publicUrl?: string;
  /** Bounds of the province in the DCAT catalogue (`PROVINCE_BOUNDS`: west,south,east,north; degrees WGS84). */
  bounds?: Bounds;
  /** Where people log in who search the exchange log; undefined: its pages are not served. */
  logPages?: LogPagesSettings;
}

/** @throws Error naming the variable that is missing or wrong, and what it should be */
export function readRegistryConfig(environment: NodeJS.ProcessEnv): RegistryConfig {
  return {
    ...readServiceConfig(environment),
    publicUrl: publicUrl(environment),
    bounds: bounds(environment),
    logPages: readLogPagesSettings(environment),
  };
}

function publicUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const written = optionalSetting(environment, 'PUBLIC_URL');
  if (written === undefined) return undefined;
  const url = URL.parse(written);
  const isPlain = url !== null && url.username === '' && url.search === '' && url.hash === '';
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw new Error(`PUBLIC_URL is "${written}"; set it to an address such as https://csdl.example.vn.`);
}

function bounds(environment: NodeJS.ProcessEnv): Bounds | undefined {
  const written = optionalSetting(environment, 'PROVINCE_BOUNDS');
  if (written === undefined) return undefined;
  const [west = NaN, south = NaN, east = NaN, north = NaN, ...others] = written.split(',').map(Number);
  if (
    others.length === 0 &&
    west < east &&
    south < north &&
    west >= -180 &&
    south >= -90 &&
    east <= 180 &&
    north <= 90
  )
    return [west, south, east, north];
  throw new Error(`PROVINCE_BOUNDS is "${written}"; set it to west,south,east,north in degrees.`);
}
