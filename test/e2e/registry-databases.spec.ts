import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTRY_DATABASE_CHANGED,
  REGISTRY_DATABASE_USE_CHANGED,
  type RegistryDatabaseState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { type Caller, DataServiceLab, faultsOf, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let keeper: Caller;
let owner: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  const base = await lab.start();
  keeper = await lab.as(base, 'SKHCN', 'registry:read', 'registry:write');
  owner = await lab.as(base, 'SYT', 'registry:read', 'registry:write');
});

afterAll(async () => {
  await lab.close();
});

let made = 0;

async function create(change: Record<string, unknown> = {}): Promise<RegistryDatabaseState> {
  made += 1;
  const json = { name: `Cơ sở dữ liệu thuộc tính ${made}`, kind: 'sector', owner: 'SYT', ...change };
  const answer = await owner('/v1/databases', { json });
  expect([answer.status, faultsOf(answer)]).toEqual([201, []]);
  return answer.body as unknown as RegistryDatabaseState;
}

function patch(id: string, json: Record<string, unknown>) {
  return owner(`/v1/databases/${id}`, { method: 'PATCH', json });
}

describe('attributes of a database', () => {
  it('are kept as stated, and found by code', async () => {
    const stated = {
      code: 'KH.CSDL.001',
      operator: { code: null, name: 'Trung tâm vận hành' },
      technicalContact: { name: 'Phòng Công nghệ thông tin', phone: '0258 000 000', email: null },
      scope: 'Hồ sơ sức khỏe',
      sharingScope: 'province',
      targetQuarter: '2026-Q2',
      documents: [{ title: 'Quyết định phê duyệt', number: '01/QĐ', issuedOn: '2026-02-09', url: null }],
    };
    const made = await create(stated);
    expect(made).toMatchObject(stated);
    expect(made).toMatchObject({ partners: [], lists: [], funding: { items: [], allocated: 0 } });
    expect(itemsOf(await keeper('/v1/databases?q=kh.csdl.001')).map(({ id }) => id)).toEqual([made.id]);
    expect(await patch(made.id, { operator: { code: 'SKHCN' } })).toMatchObject({
      body: { operator: { code: 'SKHCN', name: 'Sở Khoa học và Công nghệ' }, code: 'KH.CSDL.001' },
    });
    const taken = { operator: null, technicalContact: null, source: null, scope: null };
    expect(await patch(made.id, taken)).toMatchObject({ status: 200, body: taken });
  });

  it('never give a code twice, even after its first holder lost it', async () => {
    const first = await create({ code: 'KH.DUNG-MOT-LAN' });
    await patch(first.id, { code: null });
    const second = await create();
    const taken = await patch(second.id, { code: 'KH.DUNG-MOT-LAN' });
    expect([taken.status, taken.body['code']]).toEqual([409, 'code-taken']);
    expect((await owner(`/v1/databases/${second.id}`)).body).toMatchObject({ version: 1, code: null });
    expect((await patch(first.id, { code: 'KH.DUNG-MOT-LAN' })).status).toBe(200);
    await expect(lab.rows(`DELETE FROM registry_code`)).rejects.toThrow('only ever added');
  });

  it('without a value are not determined, for the owner to find out, until somebody says more', async () => {
    const { id, openAttributes } = await create({ lifecycle: 'planned' });
    const health = { code: 'SYT', name: 'Sở Y tế' };
    expect(openAttributes.map(({ attribute }) => attribute)).toEqual([
      'code',
      'operator',
      'technicalContact',
      'use',
      'scope',
      'sharingScope',
      'targetQuarter',
      'budgetSplit',
    ]);
    expect(openAttributes[0]).toEqual({
      attribute: 'code',
      status: 'not-determined',
      responsible: health,
      due: null,
      reason: null,
    });
    const stated = [
      { attribute: 'code', status: 'not-determined', responsible: 'SKHCN', due: '2026-06-30' },
      { attribute: 'budgetSplit', status: 'not-applicable', reason: 'Bộ Y tế xây dựng' },
    ];
    const said = (await patch(id, { openAttributes: stated })).body as unknown as RegistryDatabaseState;
    expect(said.openAttributes.find(({ attribute }) => attribute === 'code')).toMatchObject({
      responsible: { code: 'SKHCN' },
      due: '2026-06-30',
    });
    expect(said.openAttributes.find(({ attribute }) => attribute === 'budgetSplit')).toMatchObject({
      status: 'not-applicable',
      responsible: null,
    });
    // A value closes the question, and taking it off opens it anew.
    await patch(id, { code: 'KH.MO' });
    const again = (await patch(id, { code: null })).body as unknown as RegistryDatabaseState;
    expect(again.openAttributes[0]).toMatchObject({ attribute: 'code', responsible: health, due: null });
  });

  it.each([
    ['no unit', { attribute: 'code', status: 'not-determined', due: '2026-06-30' }, 'responsible: required'],
    ['no day', { attribute: 'code', status: 'not-determined', responsible: 'SYT' }, 'due: required'],
    ['no reason', { attribute: 'code', status: 'not-applicable' }, 'reason: required'],
    ['a value', { attribute: 'owner', status: 'not-applicable', reason: 'x' }, 'attribute: has-value'],
    [
      'another catalogue',
      { attribute: 'security', status: 'not-applicable', reason: 'x' },
      'attribute: not-one-of',
    ],
  ])('refuse to be open with %s', async (_what, stated, fault) => {
    const { id } = await create();
    const answer = await patch(id, { openAttributes: [stated] });
    expect([answer.status, faultsOf(answer)]).toEqual([400, [`openAttributes[0].${fault}`]]);
  });

  it('of the first start name the unit that has to determine them', async () => {
    const [population] = itemsOf<RegistryDatabaseState>(await keeper('/v1/databases?kind=national'));
    expect(population?.openAttributes.find(({ attribute }) => attribute === 'owner')).toMatchObject({
      responsible: { code: 'SKHCN' },
    });
    // Its owner of 2023 no longer exists.
    const [shared] = itemsOf<RegistryDatabaseState>(await keeper('/v1/databases?q=kho du lieu dung chung'));
    expect(shared?.openAttributes[0]?.responsible?.code).toBe('SKHCN');
  });
});

describe('the use of a database', () => {
  const use = (id: string, json: Record<string, unknown>) => owner(`/v1/databases/${id}/use`, { json });

  it('moves step by step with a document, and the history names every change', async () => {
    const { id } = await create();
    expect((await use(id, { to: 'connecting', on: '2026-03-01' })).status).toBe(200);
    const moved = await use(id, { to: 'in-use', on: TODAY, document: 'Biên bản bàn giao' });
    expect(moved.body).toMatchObject({ use: 'in-use', useOn: TODAY, useDocument: 'Biên bản bàn giao' });
    const lines = itemsOf(await keeper(`/v1/databases/${id}/history`));
    expect(lines.map(({ version, action, document }) => [version, action, document])).toEqual([
      [3, 'use-changed', 'Biên bản bàn giao'],
      [2, 'use-changed', null],
      [1, 'registered', null],
    ]);
    expect(lines[0]).toMatchObject({ agency: 'SYT', changed: ['use', 'useOn', 'useDocument'] });
    expect(itemsOf(await keeper('/v1/databases?use=in-use')).map((entry) => entry['id'])).toEqual([id]);
  });

  it('refuses what the table does not have', async () => {
    const { id } = await create();
    await use(id, { to: 'no-longer-used', on: TODAY });
    const answer = await use(id, { to: 'in-use', on: TODAY });
    expect(answer.body).toMatchObject({ status: 409, code: 'use-step-not-allowed' });
    const future = await use((await create()).id, { to: 'in-use', on: '2026-04-21' });
    expect(faultsOf(future)).toEqual(['on: too-large']);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(expect.arrayContaining([REGISTRY_DATABASE_CHANGED, REGISTRY_DATABASE_USE_CHANGED]));
  });
});
