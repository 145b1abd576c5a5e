import { numberSetting, optionalSetting, readServiceConfig, type ServiceConfig } from '#libs/http';

/** What an administrator tells the budget service. */
export interface BudgetConfig extends ServiceConfig {
  /**
   * State share of a partnership's whole, percent, above which it is warned about. Our sources name no limit of law, so
   * that it is the province's to set (`PPP_STATE_SHARE_WARNING`); default 70.
   */
  stateShareWarning?: number;
  /**
   * Prefix of the identifiers of contracting processes in OCDS packages (`OCDS_PREFIX`). The Open Contracting Partnership
   * assigns it to a publisher that registers; until then {@link PLACEHOLDER_OCDS_PREFIX}.
   */
  ocdsPrefix?: string;
}

export const DEFAULT_STATE_SHARE_WARNING = 70;

/** Belongs to nobody: packages with it must not be published before a prefix is registered. */
export const PLACEHOLDER_OCDS_PREFIX = 'ocds-xxxxxx';
const OCDS_PREFIX = /^ocds-[a-z0-9]{6}$/;

/** @throws Error naming the variable that is missing or wrong, and what it should be */
export function readBudgetConfig(environment: NodeJS.ProcessEnv): BudgetConfig {
  return {
    ...readServiceConfig(environment),
    stateShareWarning: numberSetting(environment, 'PPP_STATE_SHARE_WARNING', {
      min: 0,
      max: 100,
      otherwise: DEFAULT_STATE_SHARE_WARNING,
    }),
    ocdsPrefix: ocdsPrefix(environment),
  };
}

function ocdsPrefix(environment: NodeJS.ProcessEnv): string {
  const prefix = optionalSetting(environment, 'OCDS_PREFIX') ?? PLACEHOLDER_OCDS_PREFIX;
  if (OCDS_PREFIX.test(prefix)) return prefix;
  throw new Error(`OCDS_PREFIX is "${prefix}"; set it to the prefix that was assigned, such as ocds-213czf.`);
}
