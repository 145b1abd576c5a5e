import { createHash, randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { BusConnection } from '#libs/messaging';
import { SigningKeys } from '../../exchange-log/chain/signing-keys.js';
import { type LiveGrant, LiveGrants } from '../../sharing/grants/live-grants.js';
import { DeliverySettings } from '../settings.js';
import { FeedReader } from '../sources/feed-reader.js';
import { sourceOf } from '../sources/feed-source.js';
import { encryptFor } from './encryption.js';
import { PackageContent } from './package-content.js';
import { type ClaimedPackage, PackageLost, PackageStore } from './package-store.js';

const ROUND_MILLISECONDS = 5_000;
const CHUNK_BYTES = 1024 * 1024;
const DAY_MILLISECONDS = 86_400_000;

/** Makes packages one after the other in the background; what a crash cut off is made anew. */
@Injectable()
export class PackageMaker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Packages');
  private readonly replica = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly store: PackageStore,
    private readonly grants: LiveGrants,
    private readonly bus: BusConnection,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(DeliverySettings) private readonly settings: DeliverySettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      void this.round();
    }, ROUND_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Makes all that wait, after those under way, and drops the content of those that are over. */
  round(): Promise<void> {
    this.running = this.running.then(async () => {
      try {
        await this.store.drop();
        while (!this.ending && this.bus.connected) {
          const claimed = await this.store.claim(this.replica);
          if (!claimed) return;
          // What failed is not tried again at once.
          if (!(await this.make(claimed))) return;
        }
      } catch (error) {
        this.logger.warn(`packages are looked at again later: ${(error as Error).message}`);
      }
    });
    return this.running;
  }

  private async make(claimed: ClaimedPackage): Promise<boolean> {
    try {
      const grant = await this.grants.find(claimed.grantId);
      if (!grant) throw new Error('the grant is no longer in force');
      await this.write(claimed, grant);
      return true;
    } catch (error) {
      if (error instanceof PackageLost) return true;
      this.logger.warn(`package ${claimed.id} was not made: ${(error as Error).message}`);
      await this.store.giveBack(this.replica, claimed.id, (error as Error).message);
      return false;
    }
  }

  private async write({ id, recipient }: ClaimedPackage, grant: LiveGrant): Promise<void> {
    const reader = await FeedReader.open(await this.bus.whenConnected(), sourceOf(grant), null);
    try {
      let groups = 0;
      const content = this.contentOf(id, recipient, grant, reader, async (messages) => {
        await this.store.addMessages(this.replica, id, groups, messages, reader.pending);
        groups += 1;
      });
      const hash = createHash('sha256');
      let [bytes, chunks] = [0, 0];
      for await (const chunk of inChunks(await encryptFor(recipient, content.archive()))) {
        if (this.ending) {
          await this.store.leave(this.replica, id);
          return;
        }
        hash.update(chunk);
        bytes += chunk.length;
        await this.store.addChunk(this.replica, id, chunks, chunk);
        chunks += 1;
      }
      const expiresAt = new Date(this.clock.now().getTime() + this.settings.packageDays * DAY_MILLISECONDS);
      const manifest = content.manifest!;
      await this.store.finish(this.replica, id, { manifest, bytes, sha256: hash.digest('hex'), expiresAt });
    } finally {
      await reader.close();
    }
  }

  private contentOf(
    id: string,
    recipient: string,
    grant: LiveGrant,
    reader: FeedReader,
    onMessages: ConstructorParameters<typeof PackageContent>[4],
  ): PackageContent {
    const key = this.keys.current();
    const now = this.clock.now();
    const { datasetCode: dataset, provider, receiver, purpose, fields } = grant;
    const head = {
      type: 'package-manifest' as const,
      format: 1 as const,
      package: id,
      grant: grant.id,
      dataset,
      provider,
      receiver,
      purpose,
      fields,
      stream: sourceOf(grant).stream,
      madeAt: now.toISOString(),
      recipient,
      signedBy: key?.id ?? null,
    };
    const sign = key && ((text: string) => Buffer.from(key.sign(text), 'base64'));
    return new PackageContent(reader, head, sign, now, onMessages);
  }
}

/** The same bytes in pieces of one size, but the last. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    const all = Buffer.concat(held);
    for (let start = 0; start + CHUNK_BYTES <= size; start += CHUNK_BYTES) {
      yield all.subarray(start, start + CHUNK_BYTES);
    }
    const rest = all.subarray(size - (size % CHUNK_BYTES));
    [held, size] = [[rest], rest.length];
  }
  if (size > 0) yield Buffer.concat(held);
}
