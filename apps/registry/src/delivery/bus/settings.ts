import { readFileSync } from 'node:fs';
import { numberSetting, optionalSetting } from '#libs/http';

/** With which users of agencies are made: it is worth nothing beyond the agencies' account. */
export interface GrantsKey {
  /** Public key of the agencies' account. */
  account: string;
  seed: string;
}

/** What an administrator may set about agencies on the bus. */
export abstract class BusSettings {
  /** Addresses at which agencies reach the bus; undefined: not from outside. */
  abstract readonly publicUrls: readonly string[];
  /** Days that a credential is valid at most. */
  abstract readonly credentialDays: number;
  /** Undefined: no credentials can be issued here. */
  abstract readonly grantsKey: GrantsKey | undefined;
  /** Copies of each stream. */
  abstract readonly streamReplicas: number;
}

/** @throws Error naming the variable that is wrong */
export function readBusSettings(environment: NodeJS.ProcessEnv): BusSettings {
  const keyFile = optionalSetting(environment, 'SHARING_GRANTS_KEY_FILE');
  return {
    publicUrls: (optionalSetting(environment, 'BUS_PUBLIC_URL') ?? '').split(',').filter((url) => url !== ''),
    // The bus keeper forgets revocations after 400 days: nothing may live longer.
    credentialDays: numberSetting(environment, 'SHARING_CREDENTIAL_DAYS', {
      min: 1,
      max: 366,
      otherwise: 90,
    }),
    grantsKey: keyFile === undefined ? undefined : readKey(keyFile),
    streamReplicas: numberSetting(environment, 'STREAM_REPLICAS', { min: 1, max: 5, otherwise: 1 }),
  };
}

function readKey(file: string): GrantsKey {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as GrantsKey;
  } catch (error) {
    throw new Error(`SHARING_GRANTS_KEY_FILE names "${file}", which cannot be read.`, { cause: error });
  }
}
