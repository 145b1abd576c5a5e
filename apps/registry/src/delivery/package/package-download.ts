import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { LiveWatch } from '../sources/live-watch.js';
import { type Sending, Sendings } from '../sources/sendings.js';
import { PackageStore, type ReadyPackage } from './package-store.js';

const KEEP_MILLISECONDS = 30_000;

/** Hands out packages; every download is a delivery of all that it holds. */
@Injectable()
export class PackageDownload {
  constructor(
    private readonly store: PackageStore,
    private readonly sendings: Sendings,
    private readonly watch: LiveWatch,
  ) {}

  /** Puts on record that all it holds is about to leave. @returns null when the grant gave out meanwhile */
  async begin({ id, grant, manifest }: ReadyPackage): Promise<Sending[] | null> {
    const sendings: Sending[] = [];
    for (let position = 0; ; position += 1) {
      const messages = await this.store.messages(id, position);
      if (!messages) return sendings;
      const sending = await this.sendings.open(grant, 'package', manifest.stream, messages);
      if (!sending) return null;
      sendings.push(sending);
    }
  }

  /** Writes the file, until its end, the end of the connection or that of the grant, and records which it was. */
  async run(
    { id, grant }: ReadyPackage,
    sendings: readonly Sending[],
    response: ServerResponse,
  ): Promise<void> {
    const over = new AbortController();
    const unfollow = this.watch.follow(grant, () => {
      over.abort();
    });
    const content = Readable.from(this.store.content(id), { objectMode: true, highWaterMark: 1 });
    await this.settle(sendings, pipeline(content, response, { signal: over.signal })).catch(() => undefined);
    unfollow();
  }

  /** Records whether it arrived, once the sending has ended. @throws what the sending threw */
  async settle(sendings: readonly Sending[], sent: Promise<unknown>): Promise<void> {
    const keeping = setInterval(() => {
      void this.sendings.keep(sendings).catch(() => undefined);
    }, KEEP_MILLISECONDS);
    const failure = await sent.then(
      () => null,
      (error: unknown) => error as Error,
    );
    clearInterval(keeping);
    for (const sending of sendings) await this.sendings.closeWhole(sending, failure === null);
    if (failure) throw failure;
  }
}
