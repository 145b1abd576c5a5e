/** What an administrator sets for this process. */
export interface StaffingConfig {
  databaseUrl: string;
  natsUrl: string;
  /** Path of the NATS credentials file; undefined only where the server asks for none. */
  natsCredentials: string | undefined;
  /** Folder whose files replace the built-in reference files. */
  referenceDirectory: string | undefined;
}

/**
 * Reads the environment; PORT, HOST, ISSUER_URL and LOG_LEVEL are read by libs/http.
 * @throws Error naming the variable that is missing
 */
export function readConfig(environment: NodeJS.ProcessEnv): StaffingConfig {
  return {
    databaseUrl: required(environment, 'DATABASE_URL'),
    natsUrl: required(environment, 'NATS_URL'),
    natsCredentials: optional(environment, 'NATS_CREDENTIALS'),
    referenceDirectory: optional(environment, 'REFERENCE_DIR'),
  };
}

/** Compose files set variables to an empty text where they mean "not set". */
function optional(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = optional(environment, name);
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
