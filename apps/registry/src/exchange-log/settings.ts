import { numberSetting, optionalSetting } from '#libs/http';

/** What an administrator may set about the exchange log. */
export abstract class ExchangeLogSettings {
  /** Folder with the signing keys (`*.pem`, the last by name signs); undefined: nothing is signed. */
  abstract readonly keysDirectory: string | undefined;
  /** Folder for files of old records; undefined: they stay in the database. */
  abstract readonly archiveDirectory: string | undefined;
  /** Months that records stay in the database. */
  abstract readonly retentionMonths: number;
}

/** @throws Error naming the variable that is wrong */
export function readExchangeLogSettings(environment: NodeJS.ProcessEnv): ExchangeLogSettings {
  return {
    keysDirectory: optionalSetting(environment, 'EXCHANGE_LOG_KEYS_DIR'),
    archiveDirectory: optionalSetting(environment, 'EXCHANGE_LOG_ARCHIVE_DIR'),
    // No source says how long; 12 months is this system's own default.
    retentionMonths: numberSetting(environment, 'EXCHANGE_LOG_RETENTION_MONTHS', {
      min: 1,
      max: 1_200,
      otherwise: 12,
    }),
  };
}
