import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type {
  DatasetAnnouncement,
  IncomingMessage,
  NationalPlatform,
} from '../../apps/registry/src/national-platform/national-platform.js';

/** A platform, and what a test may do behind it. */
export interface PlatformUnderTest {
  platform: NationalPlatform;
  /** What the platform has by now, in any order: `<code> v<version>`, identifiers of messages, and of packages with their bytes. */
  taken: () => Promise<{ datasets: string[]; messages: string[]; packages: Record<string, Buffer> }>;
  /** Puts something there for us. */
  offer: (id: string, content: string) => Promise<void>;
}

const DATASET: DatasetAnnouncement = {
  code: 'tasks.task',
  version: 1,
  title: { vi: 'Nhiệm vụ', en: 'Tasks' },
  meaning: { vi: 'Nhiệm vụ được giao', en: 'Tasks that were assigned' },
  provider: 'SKHCN',
  classification: 'shared',
  access: 'on-request',
  master: false,
  legalGround: null,
  fields: [],
  schema: {},
  eventTypes: ['vn.ioc.tasks.task.assigned.v1'],
  state: 'open',
};

/** What every connector to a national platform must keep. `open` makes one with nothing in it. */
export function nationalPlatformContract(name: string, open: () => Promise<PlatformUnderTest>): void {
  describe(`a national platform by ${name}`, () => {
    it('takes an announcement once for each version', async () => {
      const { platform, taken } = await open();
      const first = await platform.announceDataset(DATASET);
      expect(await platform.announceDataset(DATASET)).toEqual(first);
      expect((await platform.announceDataset({ ...DATASET, version: 2 })).reference).not.toBe(
        first.reference,
      );
      expect((await taken()).datasets.sort()).toEqual(['tasks.task v1', 'tasks.task v2']);
    });

    it('takes a message once, however often it comes', async () => {
      const { platform, taken } = await open();
      const message = { id: '0190-a', dataset: 'tasks.task', grant: 'g', event: '{"specversion":"1.0"}' };
      expect(await platform.pushMessage(message)).toEqual(await platform.pushMessage(message));
      await platform.pushMessage({ ...message, id: '0190-b' });
      expect((await taken()).messages.sort()).toEqual(['0190-a', '0190-b']);
    });

    it('takes a package whole or not at all, and once', async () => {
      const { platform, taken } = await open();
      const bytes = Buffer.alloc(3_000_000, 'gói dữ liệu');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const content = async function* (part: Buffer, then?: Error) {
        for (let start = 0; start < part.length; start += 1_000_000) {
          await Promise.resolve();
          yield part.subarray(start, start + 1_000_000);
        }
        if (then) throw then;
      };
      const offer = { id: 'p1', dataset: 'tasks.task', grant: 'g', bytes: bytes.length, sha256 };
      const broken = { ...offer, content: content(bytes.subarray(0, 1_000_000), new Error('broke off')) };
      await expect(platform.pushPackage(broken)).rejects.toThrow('broke off');
      const short = { ...offer, content: content(bytes.subarray(0, 1_000_000)) };
      await expect(platform.pushPackage(short)).rejects.toThrow();
      expect((await taken()).packages).toEqual({});
      const first = await platform.pushPackage({ ...offer, content: content(bytes) });
      expect(await platform.pushPackage({ ...offer, content: content(bytes) })).toEqual(first);
      const { packages } = await taken();
      expect([Object.keys(packages), packages['p1']?.equals(bytes)]).toEqual([['p1'], true]);
    });

    it('gives what it holds for us in order, page by page, and again from any cursor', async () => {
      const { platform, offer } = await open();
      expect(await platform.fetch(null, 10)).toEqual({ items: [], cursor: null });
      for (const id of ['m1', 'm2', 'm3']) await offer(id, `nội dung ${id}`);
      const page = await platform.fetch(null, 2);
      const rest = await platform.fetch(page.cursor, 2);
      const texts = (items: IncomingMessage[]) =>
        items.map(({ content }) => Buffer.from(content).toString('utf8'));
      expect([texts(page.items), texts(rest.items)]).toEqual([
        ['nội dung m1', 'nội dung m2'],
        ['nội dung m3'],
      ]);
      expect(await platform.fetch(rest.cursor, 2)).toEqual({ items: [], cursor: rest.cursor });
      expect(await platform.fetch(page.cursor, 2)).toEqual(rest);
    });
  });
}
