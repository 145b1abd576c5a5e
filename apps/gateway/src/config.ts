/** Environment of the gateway, checked once at start. */
export interface GatewayConfig {
  databaseUrl: string;
  natsUrl: string;
  natsCredentials: string | undefined;
  referenceDirectory: string | undefined;
  /** Token of a first wall display, made by the administrator's tools; more are made through the API. */
  displayToken: string | undefined;
  streamReplicas: number;
}

/** @throws Error naming the variable that is missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): GatewayConfig {
  return {
    databaseUrl: required(environment, 'DATABASE_URL'),
    natsUrl: required(environment, 'NATS_URL'),
    natsCredentials: environment['NATS_CREDENTIALS'] || undefined,
    referenceDirectory: environment['REFERENCE_DIR'] || undefined,
    displayToken: environment['DISPLAY_TOKEN'] || undefined,
    streamReplicas: Number(environment['STREAM_REPLICAS'] ?? 1),
  };
}

function required(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}
