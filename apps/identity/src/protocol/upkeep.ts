import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { SigningKeys } from '../keys/signing-keys.js';
import { LoginAttempts } from '../people/login-attempts.js';
import { ProtocolRecords } from '../records/protocol-records.js';

const EVERY_MILLISECONDS = 60_000;

/** Forgets what has expired, and learns of keys that another replica rotated. */
@Injectable()
export class Upkeep implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Upkeep');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: SigningKeys,
    private readonly records: ProtocolRecords,
    private readonly attempts: LoginAttempts,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.run().catch((error: unknown) => {
        this.logger.warn({ message: 'upkeep failed; tried again in a minute', err: error });
      });
    }, EVERY_MILLISECONDS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    await this.keys.dropExpired();
    await this.keys.refresh();
    await this.records.removeExpired();
    await this.attempts.dropForgotten();
  }
}
