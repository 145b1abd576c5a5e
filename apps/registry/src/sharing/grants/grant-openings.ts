import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SHARING_GRANT_OPENED } from '#libs/contracts';
import type { Author } from '#libs/history';
import { GrantStore } from './grant.store.js';

const AUTHOR: Author = { subject: 'bus', agency: null };

/** When the receiver of a grant could take the data for the first time. */
@Injectable()
export class GrantOpenings {
  constructor(
    private readonly grants: GrantStore,
    private readonly clock: Clock,
  ) {}

  /** To be called once the receiver's account is there; without effect when it was there before. */
  async opened(grantId: string): Promise<void> {
    await this.grants.alter(AUTHOR, grantId, { type: SHARING_GRANT_OPENED }, async (_, manager) => {
      await manager.query('UPDATE sharing_grant SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL', [
        grantId,
        this.clock.now(),
      ]);
    });
  }
}
