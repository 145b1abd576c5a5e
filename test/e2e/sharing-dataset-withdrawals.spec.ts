import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import {
  type DatasetDeclaredState,
  datasetsOf,
  EVENT_HEADERS,
  SHARING_DATASET_CHANGED,
  SHARING_DATASET_CLOSED,
  SHARING_DATASET_REGISTERED,
  SHARING_DATASET_REOPENED,
  type SharingDatasetState,
  STAFFING_DATASET_DECLARED,
  STAFFING_DATASET_WITHDRAWN,
} from '#libs/contracts';
import { DatasetDeclarations, datasetId } from '#libs/messaging';
import { v7 as uuidv7 } from 'uuid';
import { staffingService } from '../../apps/staffing/src/service.js';
import { BusAdmin, connectAs } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { type Caller, codeOf, DataServiceLab, good, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import { requestFor, SharingLab, step } from './sharing-lab.js';

/** What an earlier release offered. */
const { code: _, ...content } = datasetsOf('staffing').find(({ code }) => code === 'staffing.unit')!;
const CODE = 'staffing.former';
const FORMER = { ...content, code: CODE, subject: 'ioc.staffing.former.*' };

describe('a service whose release no longer offers a dataset', () => {
  let lab: DataServiceLab;

  beforeAll(async () => {
    lab = await DataServiceLab.open('staffing', staffingService);
    await lab.start();
    await lab.start();
  });

  afterAll(async () => {
    await lab.close();
  });

  afterEach(async () => {
    await lab.rows(`DELETE FROM declared_dataset WHERE code = '${CODE}'`);
  });

  /** As the earlier release left it, minutes ago. */
  const leave = (minutes: number, code = CODE) =>
    lab.rows(
      `INSERT INTO declared_dataset (code, version, digest, content, offered_at)
       VALUES ('${code}', 3, 'x', '${JSON.stringify({ ...FORMER, code })}', now() - interval '${minutes} minutes')
       ON CONFLICT (code) DO UPDATE SET offered_at = excluded.offered_at`,
    );
  const goOnOffering = () =>
    Promise.all(lab['replicas'].map((app) => app.get(DatasetDeclarations).goOnOffering()));
  const told = async () => {
    const all = [...(await lab.declarations()), ...(await lab.events())];
    return all.filter(({ aggregateId }) => aggregateId === datasetId(CODE));
  };

  it('says nothing while a replica of the earlier release may still offer it', async () => {
    await leave(59);
    await goOnOffering();
    expect(await told()).toEqual([]);
  });

  it('withdraws it when none has offered it for an hour: once, with its last state', async () => {
    await leave(61);
    await goOnOffering();
    await goOnOffering();
    const events = await told();
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([[STAFFING_DATASET_WITHDRAWN, 4]]);
    expect(events[0]?.data).toMatchObject({ code: CODE, fields: FORMER.fields, offered: false });
    expect(checkAgainstSchemas(events).faults).toEqual([]);
    // What this release offers was offered again, and nothing of it was said anew.
    const late = await lab.rows(
      `SELECT 1 FROM declared_dataset WHERE code <> '${CODE}' AND offered_at < now() - interval '1 minute'`,
    );
    expect(late).toEqual([]);
    const versions = await lab.rows(`SELECT DISTINCT version FROM declared_dataset WHERE code <> '${CODE}'`);
    expect(versions).toEqual([{ version: 1 }]);
  });

  it('offers again what the other release had withdrawn, once, and does not take back each other’s word', async () => {
    await lab.rows(
      `UPDATE declared_dataset SET withdrawn_at = now(), version = 2 WHERE code = 'staffing.unit'`,
    );
    await goOnOffering();
    await goOnOffering();
    // Another release beside this one that describes it otherwise: said at its start, and left so.
    await lab.rows(`UPDATE declared_dataset SET digest = 'of another release' WHERE code = 'staffing.unit'`);
    await goOnOffering();
    const rows = await lab.rows(
      `SELECT version, withdrawn_at FROM declared_dataset WHERE code = 'staffing.unit'`,
    );
    expect(rows).toEqual([{ version: 3, withdrawn_at: null }]);
  });
});

describe('a dataset that its service withdraws', () => {
  let sharing: SharingLab;
  let admin: BusAdmin;
  let connection: NatsConnection;
  let staffing: JetStreamClient;
  let keeper: Caller;
  let receiver: Caller;

  beforeAll(async () => {
    sharing = await SharingLab.open();
    const nats = sharing.lab['nats'];
    [admin, connection, keeper, receiver] = await Promise.all([
      BusAdmin.connect(nats),
      connectAs(nats, 'staffing'),
      sharing.as('SKHCN'),
      sharing.as('SYT'),
    ]);
    await admin.manager.streams.add({ name: 'STAFFING', subjects: ['ioc.staffing.>'] });
    staffing = jetstream(connection);
  });

  afterAll(async () => {
    await Promise.all([admin.close(), connection.close()]);
    await sharing.lab.close();
  });

  /** As the staffing service would say it. */
  async function say(version: number, offered: boolean, change: Partial<DatasetDeclaredState> = {}) {
    const id = datasetId(CODE);
    const type = offered ? STAFFING_DATASET_DECLARED : STAFFING_DATASET_WITHDRAWN;
    const about = headers();
    const values = {
      [EVENT_HEADERS.specVersion]: '1.0',
      [EVENT_HEADERS.id]: uuidv7(),
      [EVENT_HEADERS.source]: '/services/staffing',
      [EVENT_HEADERS.type]: type,
      [EVENT_HEADERS.subject]: id,
      [EVENT_HEADERS.time]: '2026-04-20T05:00:00.000Z',
      [EVENT_HEADERS.dataSchema]: `urn:ioc:schema:${type}`,
      [EVENT_HEADERS.sequence]: String(version),
      [EVENT_HEADERS.contentType]: 'application/json',
    };
    for (const [name, value] of Object.entries(values)) about.set(name, value);
    const state: DatasetDeclaredState = { id, version, ...FORMER, offered, ...change };
    const data = JSON.stringify({ ...state, changed: [] });
    await staffing.publish(`ioc.staffing.dataset.${id}`, data, { headers: about });
  }

  const dataset = () => good<SharingDatasetState>(keeper(`/v1/datasets/${datasetId(CODE)}`));
  const declaredVersion = async () =>
    (
      await sharing.lab.rows<{ version: number }>(
        `SELECT declared_version AS version FROM sharing_dataset WHERE code = '${CODE}'`,
      )
    )[0]?.version;

  it('is closed, with the grants that are left for Sở KH&CN, and open again when it is offered anew', async () => {
    await say(1, true);
    await until(async () => (await declaredVersion()) === 1);
    const { grantId } = await sharing.request(receiver, datasetId(CODE));
    expect(grantId).not.toBeNull();
    await say(3, false);
    await until(async () => (await dataset()).state === 'closed');
    const refused = await step(receiver, 'sharing-requests', requestFor(datasetId(CODE)));
    expect(codeOf(refused)).toEqual([409, 'dataset-closed']);
    const left = itemsOf(await keeper('/v1/grants?standing=active&datasetState=closed'));
    expect(left.map(({ id }) => id)).toEqual([grantId]);
    const [line] = itemsOf(await keeper(`/v1/datasets/${datasetId(CODE)}/history`));
    expect(line).toMatchObject({
      action: 'closed',
      note: 'Dịch vụ không còn cung cấp bộ dữ liệu này. Còn 1 thỏa thuận chưa kết thúc: SYT.',
    });
    // What was said before comes after: a declaration of the release that had it.
    await say(2, true, { classification: 'open' });
    await say(4, false, { classification: 'restricted' });
    await until(async () => (await declaredVersion()) === 4);
    expect(await dataset()).toMatchObject({ state: 'closed', classification: 'restricted' });
    await say(5, true);
    await until(async () => (await dataset()).state === 'open');
    expect(await sharing.history(keeper, `datasets/${datasetId(CODE)}`)).toEqual([
      'reopened',
      'changed',
      'closed',
      'registered',
    ]);
    expect(itemsOf(await keeper('/v1/grants?datasetState=closed'))).toEqual([]);
    const types = (await sharing.lab.events())
      .filter(({ aggregateId }) => aggregateId === datasetId(CODE))
      .map(({ type }) => type);
    expect(types).toEqual([
      SHARING_DATASET_REGISTERED,
      SHARING_DATASET_CLOSED,
      SHARING_DATASET_CHANGED,
      SHARING_DATASET_REOPENED,
    ]);
  });

  it('is closed, too, when the service is the registry itself', async () => {
    const code = 'registry.former';
    await sharing.lab.rows(
      `INSERT INTO declared_dataset (code, version, digest, content, offered_at)
       VALUES ('${code}', 1, 'x', '${JSON.stringify({ ...FORMER, code })}', now() - interval '2 hours')`,
    );
    await sharing.lab['replicas'][0]!.get(DatasetDeclarations).goOnOffering();
    expect(await good(keeper(`/v1/datasets/${datasetId(code)}`))).toMatchObject({
      code,
      state: 'closed',
      service: 'registry',
    });
  });
});
