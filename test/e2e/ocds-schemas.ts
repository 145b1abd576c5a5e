import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

/** Official schemas; no part of the product. */
export const SCHEMAS = join(process.env['CONFORMANCE_DIR'] ?? '../shared/reference/conformance', 'ocds-ppp');
export const HAS_SCHEMAS = existsSync(SCHEMAS);

const CORE_RELEASE = 'https://standard.open-contracting.org/schema/1__1__5/release-schema.json';

type Validator = (value: unknown) => string[];
const validators = new Map<string, Validator>();

/** What the official schemas say against a release or record package. */
export function packageValidator(kind: 'release' | 'record'): Validator {
  const validator = validators.get(kind) ?? compile(kind);
  validators.set(kind, validator);
  return validator;
}

function compile(kind: 'release' | 'record'): Validator {
  // Draft 4: `id` became `$id` later; of what else changed (exclusive bounds) the schemas use nothing.
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const name of readdirSync(SCHEMAS)) {
    const { id, $schema, ...schema } = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as {
      id: string;
      $schema: string;
    };
    if ($schema !== 'http://json-schema.org/draft-04/schema#') throw new Error(`${name} is of ${$schema}`);
    ajv.addSchema({ $id: id, ...schema }, name);
    // Records refer to the core's release schema; the profile's, which adds to it, stands for it.
    if (name === 'release-schema.json') ajv.addSchema({ $id: CORE_RELEASE, ...schema });
  }
  const validate = ajv.getSchema(`${kind}-package-schema.json`);
  if (!validate) throw new Error(`there is no schema of ${kind} packages in ${SCHEMAS}`);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(textOf));
}

function textOf({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath}: ${String(message)} ${JSON.stringify(params)}`;
}
