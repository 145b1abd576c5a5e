import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type DatasetAnnouncement,
  type IncomingPage,
  NationalPlatform,
  type PlatformMessage,
  type PlatformPackage,
  type PlatformReceipt,
  PlatformRefusal,
} from './national-platform.js';

/** Names that are safe in a folder, and nothing but a name. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * Exchanges through a folder: what is sent becomes files in `out/datasets`, `out/messages` and `out/packages`; what lies
 * in `in` is what the platform holds for us, in the order of the names. For trials, and for carrying by hand.
 */
export class FolderPlatform extends NationalPlatform {
  readonly name = 'folder';

  constructor(private readonly folder: string) {
    super();
  }

  announceDataset(dataset: DatasetAnnouncement): Promise<PlatformReceipt> {
    return this.put('datasets', `${dataset.code}.v${dataset.version}.json`, JSON.stringify(dataset, null, 2));
  }

  pushMessage(message: PlatformMessage): Promise<PlatformReceipt> {
    const { id, dataset, grant, event } = message;
    return this.put('messages', `${id}.json`, `{"dataset":"${dataset}","grant":"${grant}","event":${event}}`);
  }

  async pushPackage({ id, sha256, content }: PlatformPackage): Promise<PlatformReceipt> {
    const hash = createHash('sha256');
    async function* hashed() {
      for await (const piece of content) {
        hash.update(piece);
        yield piece;
      }
    }
    const file = await this.write('packages', `${id}.tar.age`, hashed());
    if (hash.digest('hex') !== sha256) {
      await rm(file.temporary);
      throw new Error(`package ${id} is not whole`);
    }
    return this.keep(file);
  }

  async fetch(cursor: string | null, limit: number): Promise<IncomingPage> {
    const folder = join(this.folder, 'in');
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter((name) => SAFE_NAME.test(name) && name > (cursor ?? ''));
    const page = names.sort().slice(0, limit);
    const items = await Promise.all(
      page.map(async (name) => ({ id: name, content: new Uint8Array(await readFile(join(folder, name))) })),
    );
    return { items, cursor: page.at(-1) ?? cursor };
  }

  private async put(kind: string, name: string, text: string): Promise<PlatformReceipt> {
    return this.keep(await this.write(kind, name, text));
  }

  /** Under another name first: whoever reads the folder finds whole files only. */
  private async write(kind: string, name: string, content: string | AsyncIterable<Uint8Array>) {
    if (!SAFE_NAME.test(name)) throw new PlatformRefusal(`"${name}" is no name for a file`);
    const folder = join(this.folder, 'out', kind);
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `.${randomUUID()}`);
    try {
      await writeFile(temporary, content);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return { temporary, file: join(folder, name) };
  }

  private async keep({ temporary, file }: { temporary: string; file: string }): Promise<PlatformReceipt> {
    await rename(temporary, file);
    return { reference: basename(file) };
  }
}
