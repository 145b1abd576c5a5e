import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Round } from '#libs/http';
import { NationalConnection } from '../../national-platform/national-platform.settings.js';
import { PackageDownload } from './package-download.js';
import { PackageStore } from './package-store.js';

/** Pushes finished packages to the national platform, where their receiver is the one behind it. */
@Injectable()
export class PackagePushRound extends Round {
  readonly name = 'package-pushes';
  private readonly logger = new Logger('NationalPlatform');
  private readonly replica = randomUUID();

  constructor(
    private readonly store: PackageStore,
    private readonly downloads: PackageDownload,
    @Inject(NationalConnection) private readonly connection: NationalConnection,
  ) {
    super();
  }

  async run(): Promise<void> {
    const { platform, agency } = this.connection;
    if (!platform || agency === null) return;
    for (;;) {
      const ready = await this.store.claimPush(this.replica, agency);
      const sendings = ready && (await this.downloads.begin(ready));
      if (!ready || !sendings) return;
      const { id, grant, bytes, sha256, manifest } = ready;
      const content = this.store.content(id);
      const push = platform.pushPackage({ id, grant, dataset: manifest.dataset, bytes, sha256, content });
      await this.downloads.settle(sendings, push);
      await this.store.pushed(id);
      this.logger.log({ message: 'a package was pushed', package: id, platform: platform.name });
    }
  }
}
