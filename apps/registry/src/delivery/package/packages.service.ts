import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { deliveryProblem } from '../problems.js';
import { checkRecipient } from './encryption.js';
import { PackageMaker } from './package-maker.js';
import type { PackageView } from './package.view.js';

/** Packages of one grant that take room at the same time. */
const MOST_PACKAGES = 3;

const VIEW = `
  SELECT id, grant_id AS grant, recipient,
    CASE WHEN state = 'ready' AND expires_at <= $1 THEN 'expired' ELSE state END AS state, asked_at AS "askedAt", events,
    expected_events AS "expectedEvents", bytes::float8 AS bytes, sha256, ready_at AS "readyAt",
    expires_at AS "expiresAt", manifest, error
  FROM sharing_package`;

/** What receivers ask for, and see, of packages. */
@Injectable()
export class PackagesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly maker: PackageMaker,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `invalid-recipient`, `too-many-packages` */
  async ask(grantId: string, recipient: string): Promise<PackageView> {
    await checkRecipient(recipient);
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      // Two askers at once are counted one after the other.
      await manager.query('SELECT 1 FROM sharing_grant WHERE id = $1 FOR UPDATE', [grantId]);
      const [row] = await manager.query<{ present: number }[]>(
        `SELECT count(*)::integer AS present FROM sharing_package
         WHERE grant_id = $1 AND state <> 'failed' AND (expires_at IS NULL OR expires_at > $2)`,
        [grantId, now],
      );
      if ((row?.present ?? 0) >= MOST_PACKAGES)
        throw deliveryProblem('too-many-packages', { most: MOST_PACKAGES });
      const id = uuidv7();
      await manager.query(
        `INSERT INTO sharing_package (id, grant_id, recipient, state, asked_at) VALUES ($1, $2, $3, 'waiting', $4)`,
        [id, grantId, recipient, now],
      );
      this.transactions.afterCommit(() => {
        void this.maker.round();
      });
      return this.read(id);
    });
  }

  /** @throws problem `not-found` */
  async read(id: string): Promise<PackageView> {
    const [view] = await this.transactions.manager.query<PackageView[]>(`${VIEW} WHERE id = $2`, [
      this.clock.now(),
      id,
    ]);
    if (!view) throw problem('not-found');
    return view;
  }

  /** In the order in which they were asked for. */
  async list(grantId: string, { cursor, limit }: CursorQuery): Promise<Page<PackageView>> {
    const filters = { grantId };
    const [after = null] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const rows = await this.transactions.manager.query<PackageView[]>(
      `${VIEW} WHERE grant_id = $2 AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4`,
      [this.clock.now(), grantId, after, limit + 1],
    );
    return toPage(rows, limit, ({ id }) => [id], filters);
  }

  /** Content and all; what was downloaded stays on record. */
  async remove(id: string): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query('DELETE FROM sharing_package WHERE id = $1', [id]),
    );
  }
}
