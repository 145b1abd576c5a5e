import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decode, encodeAccount, fromPublic, fromSeed } from '@nats-io/jwt';
import type { Account, RevocationList } from '@nats-io/jwt';
import type { NatsConnection } from '@nats-io/transport-node';
import { writePrivate } from '../../secrets/secret-files.js';
import { withRevoked } from '../accounts.js';
import { AGENCIES_JWT, IOC_JWT } from '../keys.js';

const UPDATE_SUBJECT = '$SYS.REQ.CLAIMS.UPDATE';
const UPDATE_WITHIN = 2_000;
const PUBLIC_USER = /^U[A-Z2-7]{55}$/;

/**
 * The accounts as the broker is to know them. The files are the truth: the broker gets them at each connection, so that
 * one that is of an older release, or was made anew, has the same accounts and revocations again.
 */
export class AccountKeeper {
  private running: Promise<unknown> = Promise.resolve();
  /** All revocations that the broker has; null until it said so on this connection. Nobody else adds any. */
  private onBroker: RevocationList | null = null;

  constructor(
    /** With `keys/operator.seed` and the accounts' JWTs. */
    private readonly folder: string,
    /** In the system account. */
    private readonly system: NatsConnection,
  ) {}

  /** Tells the broker of both accounts; it keeps what is newer. Revocations that only the broker has are not lost. */
  tellAll(): Promise<void> {
    return this.inTurn(async () => {
      this.onBroker = null;
      await this.tell(this.read(IOC_JWT));
      await this.tell(await this.agencies((revocations) => revocations));
    });
  }

  /** The next broker may be another one. */
  disconnected(): void {
    this.onBroker = null;
  }

  /**
   * Ends what was issued to these users until now; live connections are cut. Only users in the agencies' account can be
   * revoked here: the services are in another.
   *
   * @throws Error when the broker did not take it; the file says it all the same, and the broker hears of it later
   */
  async revoke(publicKeys: readonly string[], nowSeconds: number): Promise<void> {
    const foreign = publicKeys.find((key) => !PUBLIC_USER.test(key));
    if (foreign !== undefined) throw new Error(`"${foreign.slice(0, 60)}" is no public key of a user`);
    await this.inTurn(async () => {
      await this.tell(await this.agencies((revocations) => withRevoked(revocations, publicKeys, nowSeconds)));
    });
  }

  /** One after the other: each may write the account anew. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.running.then(work);
    this.running = turn.catch(() => undefined);
    return turn;
  }

  /**
   * The agencies' account with its revocations changed; written anew only where they differ from the file's. A broker at
   * work may take as long to answer what it has as a revocation has at most: it is asked once.
   */
  private async agencies(change: (revocations: RevocationList) => RevocationList): Promise<string> {
    const written = this.read(AGENCIES_JWT);
    const { name, sub, nats } = decode<Account>(written);
    const before = nats.revocations ?? {};
    const onBroker = this.onBroker ?? (await this.revocationsOnBroker(sub));
    const revocations = change(latest(before, onBroker ?? {}));
    if (onBroker !== null) this.onBroker = revocations;
    if (isDeepStrictEqual(revocations, before)) return written;
    const operator = fromSeed(readFileSync(join(this.folder, 'keys', 'operator.seed')));
    const jwt = await encodeAccount(name, fromPublic(sub), { ...nats, revocations }, { signer: operator });
    writePrivate(join(this.folder, AGENCIES_JWT), jwt);
    return jwt;
  }

  /** The file may be an older copy than what the broker has. Null without an answer. */
  private async revocationsOnBroker(account: string): Promise<RevocationList | null> {
    const subject = `$SYS.REQ.ACCOUNT.${account}.CLAIMS.LOOKUP`;
    try {
      const jwt = (await this.system.request(subject, '', { timeout: UPDATE_WITHIN })).string();
      return jwt === '' ? {} : (decode<Account>(jwt).nats.revocations ?? {});
    } catch {
      // nats-server 2.9 gives no answer about an account that it does not know. One that is away takes no update either.
      return null;
    }
  }

  private read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  private async tell(jwt: string): Promise<void> {
    const answer = await this.system.request(UPDATE_SUBJECT, jwt, { timeout: UPDATE_WITHIN });
    const { error } = answer.json<{ error?: { description?: string } }>();
    if (error) throw new Error(`the broker refused an account: ${error.description ?? 'no reason given'}`);
  }
}

/** Every user of both, with the later of its instants. */
function latest(one: RevocationList, other: RevocationList): RevocationList {
  const later = Object.entries(other).filter(([key, at]) => (one[key] ?? 0) < at);
  return { ...one, ...Object.fromEntries(later) };
}
