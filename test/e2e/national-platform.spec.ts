import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { PackagePushRound } from '../../apps/registry/src/delivery/package/package-push-round.js';
import { AnnouncementRound } from '../../apps/registry/src/national-platform/announcement-round.js';
import { FolderPlatform } from '../../apps/registry/src/national-platform/folder-platform.js';
import { nationalPlatformOf } from '../../apps/registry/src/national-platform/national-platform.settings.js';
import { until } from '../support/until.js';
import { nationalPlatformContract } from './national-platform-contract.js';
import { DeliveryLab } from './sharing-delivery-lab.js';

const AGENCY = 'STC';
const folders: string[] = [];
let delivery: DeliveryLab;
let folder: string;

async function newFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'ioc-platform-'));
  folders.push(made);
  return made;
}

const filesIn = (kind: string, of = folder) => readdir(join(of, 'out', kind)).catch(() => [] as string[]);

nationalPlatformContract('a folder', async () => {
  const own = await newFolder();
  return {
    platform: new FolderPlatform(own),
    taken: async () => {
      const packages = await filesIn('packages', own);
      const contents = packages.map(async (name) => [
        name.replace('.tar.age', ''),
        await readFile(join(own, 'out', 'packages', name)),
      ]);
      return {
        datasets: (await filesIn('datasets', own)).map((name) => name.replace(/\.(v\d+)\.json$/, ' $1')),
        messages: (await filesIn('messages', own)).map((name) => name.replace('.json', '')),
        packages: Object.fromEntries(await Promise.all(contents)) as Record<string, Buffer>,
      };
    },
    offer: async (id, content) => {
      await mkdir(join(own, 'in'), { recursive: true });
      await writeFile(join(own, 'in', `${id}.json`), content);
    },
  };
});

afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true, force: true });
});

describe('the way to a national platform', () => {
  beforeAll(async () => {
    folder = await newFolder();
    Object.assign(process.env, { NATIONAL_PLATFORM_FOLDER: folder, NATIONAL_PLATFORM_AGENCY: AGENCY });
    delivery = await DeliveryLab.open();
  });

  afterAll(async () => {
    await delivery.close();
  });

  it('is closed unless it is opened, and leads nowhere without a platform', () => {
    expect(nationalPlatformOf({})).toEqual({ platform: null, agency: null });
    expect(() => nationalPlatformOf({ NATIONAL_PLATFORM_AGENCY: AGENCY })).toThrow(
      'NATIONAL_PLATFORM_FOLDER',
    );
  });

  it('announces each version of a dataset once', async () => {
    const round = delivery.app.get(AnnouncementRound, { strict: false });
    const announced = async () => (await filesIn('datasets')).filter((name) => name.startsWith('test.task.'));
    await round.run();
    await until(async () => (await announced()).join() === 'test.task.v1.json');
    await rm(join(folder, 'out', 'datasets', 'test.task.v1.json'));
    await round.run();
    expect(await announced()).toEqual([]);
    await delivery.lab.rows(`UPDATE sharing_dataset SET version = 2 WHERE code = 'test.task'`);
    await round.run();
    await until(async () => (await announced()).join() === 'test.task.v2.json');
  });

  it('carries the events of its agency, and no others, with the same evidence as every other way', async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { title: 'A' });
    const { id: grant } = await delivery.grant({ receiver: AGENCY });
    const { id: ofAnother } = await delivery.grant({ receiver: 'SNV' });
    await until(async () => (await filesIn('messages')).length === 1);
    const place = await delivery.publish(task, 2, { title: 'B' }, ['title']);
    await until(async () => (await filesIn('messages')).length === 2);
    expect(await delivery.delivered(grant, 2)).toContain(place);
    const texts = await Promise.all(
      (await filesIn('messages')).map((name) => readFile(join(folder, 'out', 'messages', name), 'utf8')),
    );
    const events = texts.map(
      (text) => JSON.parse(text) as { dataset: string; event: { data: { title: string } } },
    );
    expect(await delivery.records(ofAnother)).toEqual([]);
    expect(events.map(({ dataset, event }) => [dataset, event.data.title]).sort()).toEqual([
      ['test.task', 'A'],
      ['test.task', 'B'],
    ]);
  });

  it('carries finished packages, once', async () => {
    const { id: grant } = await delivery.grant({ receiver: AGENCY, method: 'package' });
    const recipient = await identityToRecipient(await generateX25519Identity());
    const caller = await delivery.lab.as(delivery.base, AGENCY, 'sharing:request');
    const { body } = await caller(`/v1/grants/${grant}/packages`, { json: { recipient } });
    const id = String(body['id']);
    await until(async () => (await caller(`/v1/packages/${id}`)).body['state'] === 'ready');
    const round = delivery.app.get(PackagePushRound, { strict: false });
    await round.run();
    expect(await filesIn('packages')).toEqual([`${id}.tar.age`]);
    const delivered = (await delivery.delivered(grant, 1)).length;
    await round.run();
    const headers = await delivery.authorization(AGENCY);
    const file = await fetch(`${delivery.base}/v1/packages/${id}/file`, { headers });
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(0);
    expect(await delivery.delivered(grant, 2 * delivered)).toHaveLength(2 * delivered);
  });
});
