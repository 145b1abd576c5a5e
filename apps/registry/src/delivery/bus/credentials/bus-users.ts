import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { deliveryProblem } from '../../problems.js';
import { BusSettings } from '../settings.js';

/** A user of an agency, made by the registry. */
export interface NewBusUser {
  /** Its name: that of its consumer. */
  name: string;
  publicKey: string;
  expiresAt: Date;
  /** Codes of the agency's own datasets, which it may publish. */
  datasets: readonly string[];
}

/** What the agency needs to log in. */
export interface BusUserCredentials {
  jwt: string;
  /** Credentials file with the secret key, when that was made here; null: the agency holds it. */
  credentials: string | null;
}

/** A key pair that was made here, for agencies that sent none. */
export interface MadeKey {
  publicKey: string;
  seed: Uint8Array;
}

const PUBLIC_USER_KEY = /^U[A-Z2-7]{55}$/;

/** Makes users of agencies: JWTs signed with the grants key, to which the broker gives the rights of its template. */
@Injectable()
export class BusUsers {
  constructor(
    private readonly settings: BusSettings,
    private readonly clock: Clock,
  ) {}

  async makeKey(): Promise<MadeKey> {
    const { createUser } = await import('@nats-io/nkeys');
    const pair = createUser();
    return { publicKey: pair.getPublicKey(), seed: pair.getSeed() };
  }

  /** @throws problem `invalid-bus-key` */
  async checkKey(publicKey: string): Promise<void> {
    const { fromPublic } = await import('@nats-io/nkeys');
    try {
      if (!PUBLIC_USER_KEY.test(publicKey)) throw new Error('not the form of a public key of a user');
      fromPublic(publicKey);
    } catch {
      throw deliveryProblem('invalid-bus-key');
    }
  }

  /** The end of the day at most, in Asia/Ho_Chi_Minh, and no later than the setting allows. @param lastDay yyyy-MM-dd */
  expiry(lastDay: string | null): Date {
    const longest = this.clock.now().getTime() + this.settings.credentialDays * 86_400_000;
    const end = lastDay === null ? longest : Date.parse(`${lastDay}T23:59:59+07:00`);
    return new Date(Math.min(longest, end));
  }

  /** @throws problem `bus-not-configured` */
  async sign(
    { name, publicKey, expiresAt, datasets }: NewBusUser,
    seed?: Uint8Array,
  ): Promise<BusUserCredentials> {
    const { grantsKey } = this.settings;
    if (!grantsKey) throw deliveryProblem('bus-not-configured');
    const [{ encodeUser, fmtCreds }, { fromPublic, fromSeed }] = await Promise.all([
      import('@nats-io/jwt'),
      import('@nats-io/nkeys'),
    ]);
    const jwt = await encodeUser(
      name,
      fromPublic(publicKey),
      fromPublic(grantsKey.account),
      { tags: datasets.map((code) => `dataset:${code}`) },
      {
        signer: fromSeed(Buffer.from(grantsKey.seed)),
        scopedUser: true,
        exp: Math.floor(expiresAt.getTime() / 1_000),
      },
    );
    return {
      jwt,
      credentials: seed ? Buffer.from(fmtCreds(jwt, fromSeed(seed))).toString('utf8') : null,
    };
  }
}
