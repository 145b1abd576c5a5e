import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { REVOCATION_SUBJECT, type RevocationAnswer, type RevocationRequest } from '#libs/contracts';
import { type Bus, BusConnection } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { CredentialStore } from './credential.store.js';

const ANSWER_MILLISECONDS = 2_000;
const RETRY_MILLISECONDS = 5_000;

/**
 * Has users revoked by the bus keeper, the only one that may. A revocation is stored before; what the keeper has not
 * confirmed it is asked again, at each connection and every few seconds, by whichever replica: asking twice does nothing.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Revocations');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly bus: BusConnection,
    private readonly store: CredentialStore,
    private readonly transactions: TransactionScope,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.onConnected(() => {
      void this.tellUntold();
    });
    this.timer = setInterval(() => {
      void this.tellUntold();
    }, RETRY_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** @throws Error when the bus keeper is away or the broker refused */
  async tell({ connection }: Bus, publicKeys: readonly string[]): Promise<void> {
    if (publicKeys.length === 0) return;
    const request: RevocationRequest = { publicKeys: [...publicKeys] };
    const answer = await connection.request(REVOCATION_SUBJECT, JSON.stringify(request), {
      timeout: ANSWER_MILLISECONDS,
    });
    const { error } = answer.json<RevocationAnswer>();
    if (error !== null) throw new Error(error);
    await this.store.told(publicKeys);
  }

  /** After those under way. */
  tellUntold(): Promise<void> {
    this.running = this.running.then(async () => {
      if (this.ending || !this.bus.connected) return;
      try {
        await this.transactions.run(() => this.store.revokeOfNeverOpened());
        await this.tell(await this.bus.whenConnected(), await this.store.untold());
      } catch (error) {
        this.logger.warn(`users are revoked later: ${(error as Error).message}`);
      }
    });
    return this.running;
  }
}
