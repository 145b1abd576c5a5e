import { Injectable } from '@nestjs/common';
import { ReadinessCheck } from '#libs/contracts';
import { SecretSealing } from './secret-sealing.js';

/** Not ready while there are webhooks that cannot be called for want of the key of their secrets. */
@Injectable()
export class SecretsReadiness extends ReadinessCheck {
  readonly name = 'webhook secrets';

  constructor(private readonly sealing: SecretSealing) {
    super();
  }

  async check(): Promise<void> {
    const unusable = await this.sealing.unusable();
    if (unusable === 0) return;
    throw new Error(
      `${unusable} webhooks have secrets that cannot be opened: set WEBHOOK_SECRETS_KEY, or WEBHOOK_SECRETS_KEY_BEFORE, to the key they were sealed with.`,
    );
  }
}
