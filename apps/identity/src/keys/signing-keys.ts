import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import { type EntityManager, LessThan } from 'typeorm';
import type { KeySource } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { IDENTITY_CONFIG, type IdentityConfig } from '../config.js';
import { make } from '../fields.js';
import { CookieKey, type KeyState, SigningKey } from './key.entities.js';
import { Sealer } from './sealer.js';

/** Longer than any token or session lives, so that a retired key is dropped when nothing it signed is good any more. */
const KEEP_RETIRED_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Any number no other part of this database uses as an advisory lock. */
const KEY_LOCK = 727_100;

/** Everything needed to sign, as one consistent picture that is replaced as a whole. */
export interface KeyRing {
  /** Private keys, the one that signs first. */
  readonly keys: readonly JWK[];
  readonly currentId: string;
  /** The first one signs, the others are still accepted. */
  readonly cookieKeys: readonly string[];
}

/** The issuer's signing keys: made at first start, kept in the database, rotated on demand. */
@Injectable()
export class SigningKeys implements KeySource, OnModuleInit {
  private readonly logger = new Logger('SigningKeys');
  private readonly sealer: Sealer;
  private inForce: KeyRing | undefined;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    @Inject(IDENTITY_CONFIG) config: IdentityConfig,
  ) {
    this.sealer = new Sealer(config.keyEncryptionSecret);
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** The keys in force. The same object until they change. */
  get ring(): KeyRing {
    if (!this.inForce) {
      throw new Error('the signing keys have not been read yet');
    }
    return this.inForce;
  }

  /** Learns of a rotation by another replica. Makes missing keys; replicas that start together agree on the same ones. */
  async refresh(): Promise<void> {
    const ring = await this.locked(async (manager) => {
      await this.addMissing(manager);
      return this.readRing(manager);
    });
    if (this.inForce === undefined || describe(ring) !== describe(this.inForce)) {
      this.inForce = ring;
    }
  }

  /** Current, next, then retired ones, latest first. */
  list(): Promise<SigningKey[]> {
    return this.listWith(this.transactions.manager);
  }

  /** The next key becomes current, the current one retired, and a new next one is made. */
  async rotate(): Promise<SigningKey[]> {
    const keys = await this.locked(async (manager) => {
      await this.addMissing(manager);
      const now = this.clock.now();
      await manager.update(SigningKey, { state: 'current' }, { state: 'retired', retiredAt: now });
      await manager.update(SigningKey, { state: 'next' }, { state: 'current', activatedAt: now });
      await this.addMissing(manager);
      return this.listWith(manager);
    });
    await this.refresh();
    this.logger.log({ message: 'signing keys rotated', current: this.ring.currentId });
    return keys;
  }

  /** Forgets retired keys that nothing valid was signed with. */
  async dropExpired(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_RETIRED_MILLISECONDS);
    await this.transactions.run((manager) =>
      manager.delete(SigningKey, { state: 'retired', retiredAt: LessThan(before) }),
    );
  }

  publicKeys(): Promise<JSONWebKeySet> {
    // Picked one by one, so that no private part can slip through.
    const keys = this.ring.keys.map(({ kty, crv, x, y, kid, alg, use }) => ({
      kty,
      crv,
      x,
      y,
      kid,
      alg,
      use,
    }));
    return Promise.resolve({ keys });
  }

  private async readRing(manager: EntityManager): Promise<KeyRing> {
    const keys = await this.listWith(manager);
    const cookieKeys = await manager.find(CookieKey, { order: { id: 'DESC' } });
    const current = keys[0];
    if (current?.state !== 'current') {
      throw new Error('no current signing key');
    }
    return {
      keys: keys.map((key) => this.sealer.open(key.key)),
      currentId: current.id,
      cookieKeys: cookieKeys.map((key) => this.sealer.open(key.key)),
    };
  }

  private async listWith(manager: EntityManager): Promise<SigningKey[]> {
    const keys = await manager.find(SigningKey, { order: { retiredAt: 'DESC' } });
    const rank = { current: 0, next: 1, retired: 2 };
    return keys.sort((one, other) => rank[one.state] - rank[other.state]);
  }

  private locked<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.transactions.run(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [KEY_LOCK]);
      return work(manager);
    });
  }

  private async addMissing(manager: EntityManager): Promise<void> {
    for (const state of ['current', 'next'] as const) {
      if (!(await manager.existsBy(SigningKey, { state }))) {
        await manager.insert(SigningKey, await this.makeKey(state));
      }
    }
    if (!(await manager.exists(CookieKey))) {
      const key = this.sealer.seal(randomBytes(32).toString('base64url'));
      await manager.insert(CookieKey, { id: uuidv7(), key, createdAt: this.clock.now() });
    }
  }

  private async makeKey(state: Exclude<KeyState, 'retired'>): Promise<SigningKey> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const id = await calculateJwkThumbprint(jwk);
    const now = this.clock.now();
    return make(SigningKey, {
      id,
      state,
      key: this.sealer.seal<JWK>({ ...jwk, kid: id, alg: 'ES256', use: 'sig' }),
      createdAt: now,
      activatedAt: state === 'current' ? now : null,
      retiredAt: null,
    });
  }
}

function describe(ring: KeyRing): string {
  return JSON.stringify([ring.keys.map((key) => key.kid), ring.cookieKeys]);
}
