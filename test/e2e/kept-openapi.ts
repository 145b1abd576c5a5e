import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProcessName } from '#libs/contracts';

/** The API document that is kept beside the application. */
export function keptOpenApi(name: ProcessName): Record<string, unknown> {
  const file = fileURLToPath(new URL(`../../apps/${name}/openapi.json`, import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
