import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LiveGrants } from '../../sharing/grants/live-grants.js';

/** How soon another replica's change of a grant is noticed; changes of this one are noticed at once. */
const LOOK_MILLISECONDS = 1_000;

/** Tells whoever delivers by a grant that it is in force no more. Asks the database only while somebody delivers. */
@Injectable()
export class LiveWatch implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Grants');
  private readonly followers = new Map<string, Set<() => void>>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private again = false;

  constructor(private readonly grants: LiveGrants) {}

  onModuleInit(): void {
    const look = () => void this.look();
    this.grants.onChange(look);
    this.timer = setInterval(look, LOOK_MILLISECONDS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @param onEnd called once, when the grant is no longer in force; @returns what ends the following */
  follow(grantId: string, onEnd: () => void): () => void {
    const followers = this.followers.get(grantId) ?? new Set();
    this.followers.set(grantId, followers.add(onEnd));
    return () => {
      followers.delete(onEnd);
      if (followers.size === 0 && this.followers.get(grantId) === followers) this.followers.delete(grantId);
    };
  }

  private async look(): Promise<void> {
    if (this.followers.size === 0) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = true;
    try {
      do {
        this.again = false;
        this.tell(new Set((await this.grants.all()).map(({ id }) => id)));
      } while (this.hasChangedMeanwhile());
    } catch (error) {
      this.logger.warn(`grants were not looked at: ${(error as Error).message}`);
    } finally {
      this.looking = false;
    }
  }

  private hasChangedMeanwhile(): boolean {
    return this.again;
  }

  private tell(live: ReadonlySet<string>): void {
    for (const [id, followers] of [...this.followers]) {
      if (live.has(id)) continue;
      this.followers.delete(id);
      for (const onEnd of followers) onEnd();
    }
  }
}
