import { numberSetting, optionalSetting } from '#libs/http';
import { readAllowedNetworks } from '#libs/webhooks';

/** What an administrator may set about the ways by which data leaves; the READMEs name the variables. */
export abstract class DeliverySettings {
  /** Networks (CIDR) that are not public and may be called by webhooks nevertheless. */
  abstract readonly allowedNetworks: readonly string[];
  /** Name by which receivers of webhooks know this sender. */
  abstract readonly webhookOrigin: string;
  /** Pauses after the first, second … failed try of a webhook, milliseconds; the last one repeats. */
  abstract readonly webhookPauses: readonly number[];
  /** Days that a package can be downloaded. */
  abstract readonly packageDays: number;
}

/** Two weeks of holidays fit in. */
const PACKAGE_DAYS = 14;
const PAUSES = '1000,5000,30000,120000,600000';

/** @throws Error naming the variable that is wrong */
export function readDeliverySettings(environment: NodeJS.ProcessEnv): DeliverySettings {
  return {
    allowedNetworks: readAllowedNetworks(environment),
    webhookOrigin: optionalSetting(environment, 'SHARING_WEBHOOK_ORIGIN') ?? 'ioc.invalid',
    webhookPauses: readPauses(optionalSetting(environment, 'SHARING_WEBHOOK_PAUSES') ?? PAUSES),
    packageDays: numberSetting(environment, 'SHARING_PACKAGE_DAYS', {
      min: 1,
      max: 365,
      otherwise: PACKAGE_DAYS,
    }),
  };
}

function readPauses(text: string): number[] {
  const pauses = text.split(',').map(Number);
  if (pauses.every((pause) => Number.isSafeInteger(pause) && pause >= 1)) return pauses;
  throw new Error(
    `SHARING_WEBHOOK_PAUSES is "${text}"; write whole milliseconds separated by commas, such as ${PAUSES}.`,
  );
}
