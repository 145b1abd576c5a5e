import { optionalSetting } from '#libs/http';
import { SecretSealer } from '#libs/persistence';

const SETTING = 'WEBHOOK_SECRETS_KEY';
const SHORTEST = 24;

/** @throws Error naming the variable that is too short */
export function readWebhookSealer(environment: NodeJS.ProcessEnv): SecretSealer {
  const secrets = [SETTING, `${SETTING}_BEFORE`].map((name) => secretOf(environment, name));
  if (secrets[0] === undefined) return new SecretSealer(SETTING, []);
  return new SecretSealer(
    SETTING,
    secrets.filter((secret) => secret !== undefined),
  );
}

function secretOf(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = optionalSetting(environment, name);
  if (value === undefined || value.length >= SHORTEST) return value;
  throw new Error(`${name} must have at least ${SHORTEST} characters. Make one: openssl rand -hex 32`);
}
