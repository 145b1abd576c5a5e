import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscardPolicy, type JsMsg, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Clock } from '#libs/calendar';
import { type BusDenial, DENIAL_STREAM, DENIAL_SUBJECT } from '#libs/contracts';
import { type Bus, BusConnection } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { type Denied, ExchangeLog } from '../../../exchange-log/exchange-log.js';
import { BusMessageStore } from '../bus-message.store.js';
import { CredentialStore } from '../credentials/credential.store.js';
import { PullLoop } from '../pull-loop.js';
import { BusSettings } from '../settings.js';
import { whyDenied } from './why-denied.js';

const DUPLICATE_WINDOW_MILLISECONDS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Writes what the broker denied, as the bus keeper reports it, to the exchange log: each report once. */
@Injectable()
export class BusDenials implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: PullLoop;

  constructor(
    bus: BusConnection,
    settings: BusSettings,
    private readonly credentials: CredentialStore,
    private readonly taken: BusMessageStore,
    private readonly transactions: TransactionScope,
    private readonly log: ExchangeLog,
    private readonly clock: Clock,
  ) {
    this.loop = new PullLoop(
      {
        stream: {
          name: DENIAL_STREAM,
          subjects: [`${DENIAL_SUBJECT}.*`],
          retention: RetentionPolicy.Limits,
          storage: StorageType.File,
          discard: DiscardPolicy.Old,
          max_bytes: MOST_BYTES,
          duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
          num_replicas: settings.streamReplicas,
          deny_delete: true,
          deny_purge: true,
        },
        handle: (messages, _: Bus, created) => this.record(messages, created),
      },
      bus,
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async record(messages: readonly JsMsg[], created: string): Promise<void> {
    const denials = await Promise.all(
      messages.map(async (message) => ({ sequence: message.seq, denied: await this.denied(message) })),
    );
    await this.transactions.run(async () => {
      const fresh = await this.taken.take(
        DENIAL_STREAM,
        created,
        denials.map(({ sequence }) => sequence),
      );
      for (const { sequence, denied } of denials) if (denied && fresh.has(sequence)) this.log.denied(denied);
    });
  }

  /** Null for what is no report: an administrator can publish anything. */
  private async denied(message: JsMsg): Promise<Denied | null> {
    const denial = readDenial(message);
    if (!denial) return null;
    const { user, kind, subject, count } = denial;
    const holder = user === null ? null : await this.credentials.holder(user);
    return {
      who: { agency: holder?.agency ?? null, grantId: holder?.grantId ?? null, credential: user },
      channel: 'bus',
      attempted: subject === null ? kind : `${kind} ${subject}`,
      why: whyDenied(denial, holder, this.clock.now()),
      count,
      provider: holder?.provider ?? null,
      datasetCode: holder?.datasetCode ?? null,
    };
  }
}

function readDenial(message: JsMsg): BusDenial | null {
  try {
    const denial = message.json<Partial<BusDenial> | null>();
    return denial?.kind !== undefined && Number.isInteger(denial.count) ? (denial as BusDenial) : null;
  } catch {
    return null;
  }
}
