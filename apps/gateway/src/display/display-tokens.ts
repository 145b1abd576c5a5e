import { createHash, randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { whenClosed } from '#libs/http';
import { TransactionScope } from '#libs/persistence';

/** A wall display that may read the picture, as an administrator sees it. */
export interface Display {
  id: string;
  name: string;
  createdAt: string;
  revokedAt: string | null;
}

/** The first display's token, from the administrator's tools; undefined when there is none. */
export const FIRST_DISPLAY_TOKEN = Symbol('FIRST_DISPLAY_TOKEN');

const SUBJECT_PREFIX = 'display:';

/** Long-lived, read-only, revocable tokens of wall displays. Only their hashes are stored. */
@Injectable()
export class DisplayTokens implements OnModuleInit {
  private readonly readers = new Map<string, Set<ServerResponse>>();

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    @Inject(FIRST_DISPLAY_TOKEN) private readonly firstToken: string | undefined,
  ) {}

  /** Makes the first display once; when it was revoked it stays so. */
  async onModuleInit(): Promise<void> {
    if (!this.firstToken) return;
    const values = [uuidv7(), 'Màn hình đầu tiên', hash(this.firstToken), this.clock.now()];
    await this.transactions.run((manager) =>
      manager.query(
        `INSERT INTO display (id, name, token_hash, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (token_hash) DO NOTHING`,
        values,
      ),
    );
  }

  /** @returns the display and its token, which is shown this once */
  async create(name: string): Promise<{ display: Display; token: string }> {
    const token = randomBytes(32).toString('base64url');
    const display: Display = {
      id: uuidv7(),
      name,
      createdAt: this.clock.now().toISOString(),
      revokedAt: null,
    };
    await this.transactions.run((manager) =>
      manager.query('INSERT INTO display (id, name, token_hash, created_at) VALUES ($1, $2, $3, $4)', [
        display.id,
        name,
        hash(token),
        display.createdAt,
      ]),
    );
    return { display, token };
  }

  async list(): Promise<Display[]> {
    const rows: { id: string; name: string; created_at: Date; revoked_at: Date | null }[] =
      await this.transactions.manager.query(
        'SELECT id, name, created_at, revoked_at FROM display ORDER BY id',
      );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      createdAt: row.created_at.toISOString(),
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  }

  /** Ends the display's access, and its open streams at once. @throws ProblemError not-found */
  async revoke(id: string): Promise<void> {
    const [rows] = await this.transactions.run((manager) =>
      manager.query<[unknown[], number]>(
        'UPDATE display SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING id',
        [id, this.clock.now()],
      ),
    );
    if (rows.length === 0) throw problem('not-found');
    this.transactions.afterCommit(() => {
      for (const reader of this.readers.get(`${SUBJECT_PREFIX}${id}`) ?? []) reader.end();
    });
  }

  /** The display as an actor that may read the picture; null for an unknown or revoked token. */
  async actorOf(token: string): Promise<Actor | null> {
    const rows: { id: string }[] = await this.transactions.manager.query(
      'SELECT id FROM display WHERE token_hash = $1 AND revoked_at IS NULL',
      [hash(token)],
    );
    const id = rows[0]?.id;
    return id === undefined
      ? null
      : new Actor(`${SUBJECT_PREFIX}${id}`, 'display', null, new Set(['ioc:display']));
  }

  /** Remembers an open stream, so that revoking the display ends it. */
  follow(actor: Actor, reader: ServerResponse): void {
    if (!actor.subject.startsWith(SUBJECT_PREFIX)) return;
    const readers = this.readers.get(actor.subject) ?? new Set<ServerResponse>();
    this.readers.set(actor.subject, readers.add(reader));
    whenClosed(reader, () => readers.delete(reader));
  }
}

/** The token is random and long: a fast hash is enough. */
function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
