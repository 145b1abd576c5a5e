import { numberSetting, optionalSetting, readServiceConfig, type ServiceConfig } from '#libs/http';

/** Environment of the gateway, checked once at start. */
export interface GatewayConfig extends ServiceConfig {
  /** Token of a first wall display, made by the administrator's tools; more are made through the API. */
  displayToken: string | undefined;
  /** Time from one comparison with the services to the next. */
  reconcileMilliseconds: number;
}

const RECONCILE = { min: 100, max: 2_147_483_647, otherwise: 60_000 };

/** @throws Error naming the variable that is missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  return {
    ...readServiceConfig(environment),
    displayToken: optionalSetting(environment, 'DISPLAY_TOKEN'),
    reconcileMilliseconds: numberSetting(environment, 'RECONCILE_MILLISECONDS', RECONCILE),
  };
}
