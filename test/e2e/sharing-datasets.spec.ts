import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  datasetsOf,
  type RegistryDatabaseState,
  SHARING_DATASET_CHANGED,
  SHARING_DATASET_CLOSED,
  SHARING_DATASET_REGISTERED,
  type SharingDatasetState,
} from '#libs/contracts';
import { createService, Rounds } from '#libs/http';
import { AckPolicy } from '@nats-io/jetstream';
import pg from 'pg';
import { registryService } from '../../apps/registry/src/service.js';
import { staffingService } from '../../apps/staffing/src/service.js';
import { BusAdmin } from '../support/bus-admin.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import { SharingLab } from './sharing-lab.js';

let sharing: SharingLab;
let tax: Caller;
let health: Caller;
let keeper: Caller;

beforeAll(async () => {
  sharing = await SharingLab.open();
  [tax, health, keeper] = (await Promise.all(['STC', 'SYT', 'SKHCN'].map((code) => sharing.as(code)))) as [
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await sharing.lab.close();
});

const codes = async (path: string, who = health) =>
  itemsOf<SharingDatasetState>(await who(path)).map(({ code }) => code);

describe('datasets that services declare at their start', () => {
  let database: TestDatabase;
  let staffing: NestFastifyApplication | undefined;

  beforeAll(async () => {
    database = await createDatabase();
  });

  afterAll(async () => {
    await staffing?.close();
    await database.drop();
  });

  async function startStaffing(): Promise<void> {
    await staffing?.close();
    const nats = sharing.lab['nats'];
    const config = {
      databaseUrl: database.url,
      natsUrl: nats.url,
      natsCredentials: nats.credentials('staffing'),
      referenceDirectory: undefined,
      streamReplicas: 1,
    };
    staffing = await createService({
      ...staffingService(config),
      auth: { issuer: sharing.lab['issuer'].url },
      clock: sharing.lab.clock,
      logLevel: 'fatal',
    });
    await staffing.startAllMicroservices();
    await staffing.init();
  }

  it('are in the catalogue, those of the registry itself and those of others from their events', async () => {
    const own = datasetsOf('registry').map(({ code }) => code);
    expect(await codes('/v1/datasets?provider=SKHCN&limit=500')).toEqual([...own].sort());
    expect(await codes('/v1/datasets?provider=SNV')).toEqual([]);
    await startStaffing();
    await until(async () => (await codes('/v1/datasets?provider=SNV')).length === 4);
    const [unit] = itemsOf<SharingDatasetState>(await health('/v1/datasets?q=nhan luc CNTT cap xa'));
    expect(unit).toMatchObject({
      code: 'staffing.unit',
      service: 'staffing',
      provider: { code: 'SNV', name: 'Sở Nội vụ' },
      stream: 'STAFFING',
      subject: 'ioc.staffing.unit.*',
      access: 'mandatory',
      state: 'open',
    });
    expect(unit).not.toHaveProperty('schema');
    const detail = await good<SharingDatasetState>(health(`/v1/datasets/${unit?.id ?? ''}`));
    expect(detail.schema).toEqual(
      JSON.parse(JSON.stringify(datasetsOf('staffing').find(({ code }) => code === 'staffing.unit')?.schema)),
    );
    expect(detail.eventTypes).toContain('vn.ioc.staffing.unit.registered.v1');
  });

  it('are declared again only when they changed, and then replace what was known', async () => {
    const versions = () =>
      sharing.lab.rows<{ code: string; declared_version: number; version: number }>(
        `SELECT code, declared_version, version FROM sharing_dataset WHERE service = 'staffing' ORDER BY code`,
      );
    await startStaffing();
    // Another release of either service: it had said something else of this one.
    await sharing.lab.rows(
      `UPDATE sharing_dataset SET title = '{"vi": "Tên cũ", "en": "Old name"}' WHERE code = 'staffing.unit'`,
    );
    const declare = `UPDATE declared_dataset SET digest = 'of another release' WHERE code = 'staffing.unit'`;
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(declare);
    await client.end();
    await startStaffing();
    await until(async () => (await versions()).at(-1)?.declared_version === 2);
    expect(await versions()).toEqual([
      { code: 'staffing.dataset', declared_version: 1, version: 1 },
      { code: 'staffing.support-plan', declared_version: 1, version: 1 },
      { code: 'staffing.training-plan', declared_version: 1, version: 1 },
      { code: 'staffing.unit', declared_version: 2, version: 2 },
    ]);
    const [unit] = itemsOf<SharingDatasetState>(await health('/v1/datasets?q=staffing.unit'));
    expect(unit?.title.vi).toBe('Nhân lực CNTT cấp xã');
    expect(await sharing.history(health, `datasets/${unit?.id ?? ''}`)).toEqual(['changed', 'registered']);
    expect(codeOf(await health(`/v1/datasets/${unit?.id ?? ''}/closing`, { json: { reason: 'x' } }))).toEqual(
      [403, 'other-agency'],
    );
    const office = await sharing.as('SNV');
    expect(codeOf(await office(`/v1/datasets/${unit?.id ?? ''}/closing`, { json: { reason: 'x' } }))).toEqual(
      [409, 'dataset-of-service'],
    );
  });

  it('are asked for again when they never came, as in front of a registry that did not know them yet', async () => {
    await startStaffing();
    await until(async () => (await codes('/v1/datasets?provider=SNV')).length === 4);
    await sharing.lab.rows(`
      ALTER TABLE registry_change DISABLE TRIGGER USER;
      DELETE FROM registry_change WHERE aggregate_id IN (SELECT id FROM sharing_dataset WHERE service = 'staffing');
      DELETE FROM outbox WHERE aggregate_id IN (SELECT id::text FROM sharing_dataset WHERE service = 'staffing');
      DELETE FROM sharing_dataset WHERE service = 'staffing';
      ALTER TABLE registry_change ENABLE TRIGGER USER;
      DELETE FROM inbox WHERE subject LIKE 'ioc.staffing.dataset.%'`);
    await sharing.lab['replicas'][0]!.get(Rounds).runAll();
    await until(async () => (await codes('/v1/datasets?provider=SNV')).length === 4);
  });
});

describe('registries that start together', () => {
  it('take every declaration once, and of the streams of others nothing else, whatever an earlier release took', async () => {
    const lab = await DataServiceLab.open('registry', registryService);
    const admin = await BusAdmin.connect(lab['nats']);
    try {
      await admin.manager.streams.add({ name: 'STAFFING', subjects: ['ioc.staffing.>'] });
      const earlier = {
        durable_name: 'registry',
        ack_policy: AckPolicy.Explicit,
        filter_subject: 'ioc.staffing.>',
      };
      await admin.manager.consumers.add('STAFFING', earlier);
      const [base] = await Promise.all([lab.start(), lab.start()]);
      const answer = await (await lab.as(base, null, 'registry:read'))('/v1/datasets?limit=500');
      const own = datasetsOf('registry').map(({ code }) => code);
      expect(itemsOf<SharingDatasetState>(answer).map(({ code }) => code)).toEqual([...own].sort());
      const versions = 'SELECT DISTINCT version FROM sharing_dataset';
      expect(await lab.rows(versions)).toEqual([{ version: 1 }]);
      const subjects = async () =>
        (await admin.manager.consumers.info('STAFFING', 'registry')).config.filter_subject;
      await until(async () => (await subjects()) === 'ioc.staffing.dataset.*');
    } finally {
      await admin.close();
      await lab.close();
    }
  });
});

describe('datasets of agencies', () => {
  it('are registered by the agency itself, with a schema, a subject of its own and a database of its own', async () => {
    const owned = (owner: string) =>
      good<RegistryDatabaseState>(
        keeper('/v1/databases', { json: { name: `CSDL của ${owner}`, kind: 'provincial', owner } }),
      );
    const [own, foreign] = [await owned('STC'), await owned('SYT')];
    const registered = await sharing.dataset(tax, {
      slug: 'gia-dat',
      classification: 'restricted',
      databaseId: own.id,
    });
    expect(registered).toMatchObject({
      version: 1,
      code: 'stc-gia-dat',
      service: null,
      provider: { code: 'STC', name: 'Sở Tài chính' },
      database: { id: own.id, name: own.name },
      stream: 'AGENCIES',
      subject: 'ioc.agencies.stc-gia-dat.*',
      access: 'on-request',
      classification: 'restricted',
      schema: { properties: { giaDat: { type: 'integer', description: 'Giá đất, đồng/m²' } } },
    });
    expect(await codes(`/v1/datasets?database=${own.id}`)).toEqual(['stc-gia-dat']);
    const attempt = (json: Record<string, unknown>, who = tax) =>
      who('/v1/datasets', {
        json: {
          slug: 'khac',
          title: registered.title,
          meaning: registered.meaning,
          fields: [{ name: 'id', type: 'string' }],
          ...json,
        },
      });
    expect(codeOf(await attempt({ databaseId: foreign.id }))).toEqual([403, 'other-agency']);
    expect(codeOf(await attempt({ slug: 'gia-dat' }))).toEqual([409, 'code-taken']);
    expect(codeOf(await attempt({}, await sharing.as(null)))).toEqual([403, 'other-agency']);
    const twice = [
      { name: 'id', type: 'string' },
      { name: 'id', type: 'integer' },
    ];
    expect(faultsOf(await attempt({ fields: twice }))).toEqual(['fields[1].name: duplicate']);
    expect(faultsOf(await attempt({ slug: 'Giá đất' }))).toEqual(['slug: wrong-pattern']);
    const reader = await sharing.lab.as(sharing.base, 'STC', 'registry:read', 'registry:write');
    expect(codeOf(await attempt({ slug: 'ngoai-quyen' }, reader))).toEqual([403, 'insufficient-scope']);
  });

  it('are changed and closed by that agency only, against the version that it read', async () => {
    const { id, code } = await sharing.dataset(health);
    const change = (who: Caller, json: Record<string, unknown>, headers = {}) =>
      who(`/v1/datasets/${id}`, { method: 'PATCH', json, headers });
    expect(codeOf(await change(keeper, { access: 'mandatory' }))).toEqual([403, 'other-agency']);
    expect(await good(change(health, { access: 'mandatory' }, { 'if-match': '"1"' }))).toMatchObject({
      version: 2,
      access: 'mandatory',
      code,
    });
    expect(codeOf(await change(health, { master: true }, { 'if-match': '"1"' }))).toEqual([
      412,
      'stale-version',
    ]);
    const close = (who: Caller) => who(`/v1/datasets/${id}/closing`, { json: { reason: 'Ngừng cập nhật' } });
    expect(codeOf(await close(tax))).toEqual([403, 'other-agency']);
    expect(await good(close(health))).toMatchObject({ state: 'closed', version: 3 });
    expect(codeOf(await close(health))).toEqual([409, 'dataset-closed']);
    expect(await codes('/v1/datasets?provider=SYT&state=open')).not.toContain(code);
    expect(await sharing.history(keeper, `datasets/${id}`)).toEqual(['closed', 'changed', 'registered']);
  });

  it('are told of by events that keep to their schemas', async () => {
    const events = (await sharing.lab.events()).filter(({ type }) => /sharing-dataset/.test(type));
    const declarations = await sharing.lab.declarations();
    const { types, faults } = checkAgainstSchemas([...declarations, ...events]);
    expect(faults).toEqual([]);
    expect(types).toEqual([
      'vn.ioc.registry.dataset.declared.v1',
      SHARING_DATASET_CHANGED,
      SHARING_DATASET_CLOSED,
      SHARING_DATASET_REGISTERED,
    ]);
  });
});
