import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTRY_DICTIONARY_PUBLISHED,
  REGISTRY_FIELD_ADDED,
  REGISTRY_FIELD_CHANGED,
  REGISTRY_FIELD_REMOVED,
  REGISTRY_TERM_ADDED,
  REGISTRY_TERM_CHANGED,
  type RegistryDatabaseState,
  type RegistryDictionaryState,
  type RegistryFieldState,
  type RegistryTermState,
} from '#libs/contracts';
import { CSV, XLSX } from '#libs/workbooks';
import { registryService } from '../../apps/registry/src/service.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import {
  counts,
  DictionaryFiles,
  GENDER,
  mappingStanding,
  places,
  PLAIN,
} from './registry-dictionary-lab.js';

let lab: DataServiceLab;
let base: string;
let files: DictionaryFiles;
let keeper: Caller;
let owner: Caller;
let stranger: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  base = await lab.start();
  files = new DictionaryFiles(lab, base);
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, stranger] = (await Promise.all(['SKHCN', 'SYT', 'SGDDT'].map(as))) as [
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await lab.close();
});

const term = (json: object) => good<RegistryTermState>(keeper('/v1/terms', { json }));
const change = (id: string, json: object, version: number, who = keeper) =>
  who(`/v1/terms/${id}`, { method: 'PATCH', json, headers: { 'if-match': `"${version}"` } });

function database(): Promise<RegistryDatabaseState> {
  made += 1;
  const json = { name: `CSDL có từ điển ${made}`, kind: 'provincial', owner: 'SYT' };
  return good(keeper('/v1/databases', { json }));
}

describe('the shared dictionary', () => {
  it('is empty at the first start: no source names a term', async () => {
    expect(itemsOf(await keeper('/v1/terms'))).toEqual([]);
    expect(codeOf(await keeper('/v1/dictionaries', { json: { number: '0.1' } }))).toEqual([
      409,
      'nothing-to-publish',
    ]);
  });

  it('keeps every version of a term readable, and its code for it alone', async () => {
    const first = await term({ ...GENDER, sourceOfTruth: { agency: 'CAT' } });
    const second = await good<RegistryTermState>(change(first.id, { meaning: 'Ý nghĩa mới' }, 1));
    expect(second).toMatchObject({ version: 2, meaning: 'Ý nghĩa mới', code: GENDER.code });
    expect(codeOf(await change(first.id, { name: 'Khác' }, 1))).toEqual([412, 'stale-version']);
    expect((await good<RegistryTermState>(change(first.id, { meaning: 'Ý nghĩa mới' }, 2))).version).toBe(2);

    const versions = itemsOf<RegistryTermState>(await owner(`/v1/terms/${first.id}/versions`));
    expect(versions.map(({ version, meaning }) => [version, meaning])).toEqual([
      [2, 'Ý nghĩa mới'],
      [1, GENDER.meaning],
    ]);
    expect(versions[1]).toMatchObject({
      ...GENDER,
      sourceOfTruth: { agency: { code: 'CAT' }, database: null },
    });
    const lines = itemsOf(await owner(`/v1/terms/${first.id}/history`));
    expect(lines.map(({ version, action, changed }) => [version, action, changed])).toEqual([
      [2, 'changed', ['meaning']],
      [1, 'added', []],
    ]);
    expect(codeOf(await keeper('/v1/terms', { json: GENDER }))).toEqual([409, 'term-code-taken']);
    await expect(lab.rows('UPDATE registry_term_version SET version = version + 5')).rejects.toThrow();
  });

  it('is kept by Sở KH&CN only, and its rules are told by field', async () => {
    expect(codeOf(await owner('/v1/terms', { json: PLAIN }))).toEqual([403, 'other-agency']);
    const wrong = async (json: object) =>
      faultsOf(await keeper('/v1/terms', { json: { ...PLAIN, ...json } }));
    expect(await wrong({ codes: GENDER.codes })).toEqual(['codes: codes-of-other-type']);
    expect(await wrong({ type: 'code', codes: [GENDER.codes[0], GENDER.codes[0]] })).toEqual([
      'codes: duplicate',
    ]);
    expect(await wrong({ sourceOfTruth: {} })).toEqual(['sourceOfTruth.databaseId: one-of-two']);
    expect(await wrong({ code: 'có dấu cách' })).toEqual(['code: wrong-pattern']);
  });

  it('is published as versions that stay as they were', async () => {
    const area = await term(PLAIN);
    const published = await good<RegistryDictionaryState>(
      keeper('/v1/dictionaries', { json: { number: '1.0', document: 'Quyết định thử' } }),
    );
    expect(published).toMatchObject({ version: 1, number: '1.0', publishedOn: TODAY, terms: 2 });
    const again = (number: string) => keeper('/v1/dictionaries', { json: { number } });
    expect(codeOf(await again('1.1'))).toEqual([409, 'nothing-to-publish']);
    await good(change(area.id, { state: 'withdrawn', note: 'Trùng thuật ngữ khác' }, 1));
    expect(faultsOf(await again('1.0'))).toEqual(['number: duplicate']);
    expect(await good<RegistryDictionaryState>(again('1.1'))).toMatchObject({ terms: 1 });
    const terms = itemsOf<RegistryTermState>(await owner(`/v1/dictionaries/${published.id}/terms`));
    expect(terms.map((one) => [one.code, one.version, one.state])).toEqual([
      [GENDER.code, 2, 'in-use'],
      [PLAIN.code, 1, 'in-use'],
    ]);
    await good(change(area.id, { state: 'in-use' }, 2));
    const list = itemsOf<RegistryDictionaryState>(await owner('/v1/dictionaries'));
    expect(list.map(({ number }) => number)).toEqual(['1.1', '1.0']);
  });
});

describe('fields of a database', () => {
  it('are mapped by the owner to a version of a term', async () => {
    const [{ id }, gender] = [await database(), await only(GENDER.code)];
    const add = (json: object, who = owner) => who(`/v1/databases/${id}/fields`, { json });
    expect(codeOf(await add({ name: 'GT' }, stranger))).toEqual([403, 'other-agency']);
    const field = await good<RegistryFieldState>(add({ name: 'GT', type: 'code' }));
    expect(field).toMatchObject({ version: 1, database: { id }, term: null, state: 'present' });
    expect(faultsOf(await add({ name: 'GT' }))).toEqual(['name: duplicate']);
    expect(faultsOf(await add({ name: 'X', term: { id: gender.id, version: 9 } }))).toEqual([
      'term: unknown-term',
    ]);

    const patch = (json: object, version: number, who = owner) =>
      who(`/v1/fields/${field.id}`, { method: 'PATCH', json, headers: { 'if-match': `"${version}"` } });
    expect(codeOf(await patch({ term: { id: gender.id } }, 1, stranger))).toEqual([403, 'other-agency']);
    const mapped = await good<RegistryFieldState>(patch({ term: { id: gender.id, version: 1 } }, 1));
    expect(mapped).toMatchObject({ version: 2, term: { code: GENDER.code, version: 1 }, type: 'code' });
    expect(codeOf(await patch({ description: 'x' }, 1))).toEqual([412, 'stale-version']);
    const outdated = itemsOf<RegistryFieldState>(await owner(`/v1/databases/${id}/fields?outdated=true`));
    expect(outdated.map(({ name }) => name)).toEqual(['GT']);
    await good(patch({ term: { id: gender.id } }, 2));
    expect(itemsOf(await owner(`/v1/databases/${id}/fields?outdated=true`))).toEqual([]);

    await good(owner(`/v1/fields/${field.id}/removal`, { json: { reason: 'Đã bỏ cột' } }));
    expect(itemsOf(await owner(`/v1/databases/${id}/fields`))).toEqual([]);
    expect(codeOf(await patch({ name: 'GT2' }, 4))).toEqual([404, 'not-found']);
    const lines = itemsOf(await owner(`/v1/fields/${field.id}/history`));
    expect(lines.map(({ action }) => action)).toEqual(['removed', 'changed', 'changed', 'added']);
    expect(await good<RegistryFieldState>(add({ name: 'GT' }))).toMatchObject({ version: 1 });
  });

  it('tell how far a database is unified, and with which published dictionary', async () => {
    const [mapped, partly, none] = [await database(), await database(), await database()];
    const [gender, area] = [await only(GENDER.code), await only(PLAIN.code)];
    const add = (id: string, name: string, ref?: object) =>
      good(owner(`/v1/databases/${id}/fields`, { json: { name, ...(ref && { term: ref }) } }));
    await add(mapped.id, 'A', { id: gender.id });
    await add(mapped.id, 'B', { id: area.id, version: 1 });
    await add(partly.id, 'A', { id: gender.id, version: 1 });
    await add(partly.id, 'B');
    const standing = await mappingStanding(lab['database'].url, [mapped.id, partly.id, none.id]);
    expect(standing.get(mapped.id)).toEqual({ fields: 2, mapped: 2, dictionaryVersion: '1.0' });
    expect(standing.get(partly.id)).toEqual({ fields: 2, mapped: 1, dictionaryVersion: null });
    expect(standing.get(none.id)).toEqual({ fields: 0, mapped: 0, dictionaryVersion: null });
  });
});

describe('dictionary files', () => {
  it.each([
    ['csv', CSV],
    ['xlsx', XLSX],
  ])('go out and in as %s without changing anything', async (format, type) => {
    for (const [table, least] of [
      ['terms', 2],
      ['fields', 4],
    ] as const) {
      const before = await files.get(`/v1/dictionary/${table}.${format}`);
      expect(before.headers.get('content-type')).toContain(type);
      const { status, body } = await files.send(`/v1/dictionary/${table}/import`, type, before.content);
      expect([status, body.faults, body.created, body.changed]).toEqual([200, [], 0, 0]);
      expect(body.unchanged).toBeGreaterThanOrEqual(least);
      expect((await files.get(`/v1/dictionary/${table}.${format}`)).content.equals(before.content)).toBe(
        true,
      );
    }
  });

  it('bring new terms and new versions, after a dry run that says so and stores nothing', async () => {
    const whole = await files.csv('terms', (text) =>
      text
        .replace('Ý nghĩa mới', 'Ý nghĩa từ tệp')
        .concat('MOI.A,Mới,,Ý nghĩa,Ngày,,,,,Sở Y tế (SYT),Mở,\r\n'),
    );
    const tried = await files.send('/v1/dictionary/terms/import?dryRun=true', CSV, whole);
    expect([tried.status, counts(tried.body), tried.body.accepted]).toEqual([200, [1, 1, 1], true]);
    expect((await only(GENDER.code)).version).toBe(2);
    const done = await files.send('/v1/dictionary/terms/import', CSV, whole);
    expect([done.status, counts(done.body)]).toEqual([200, [1, 1, 1]]);
    expect(await only(GENDER.code)).toMatchObject({
      version: 3,
      meaning: 'Ý nghĩa từ tệp',
      codes: GENDER.codes,
    });
    const added = await only('MOI.A');
    expect(added).toMatchObject({
      type: 'date',
      sharing: 'open',
      sourceOfTruth: { agency: { code: 'SYT' } },
    });
    expect(itemsOf(await owner(`/v1/terms/${added.id}/history`))).toHaveLength(1);
    const again = await files.send('/v1/dictionary/terms/import', CSV, whole);
    expect(counts(again.body)).toEqual([0, 0, 3]);
    expect((await files.send('/v1/dictionary/terms/import', CSV, whole, 'SYT')).status).toBe(403);
  });

  it('are refused as a whole, with every fault by row and column', async () => {
    const wrong = await files.csv('terms', (text) =>
      text.concat(
        'A B,Tên,,Ý nghĩa,Số nguyên,,,,,,,\r\n',
        'C,,,,Kiểu lạ,,,,,,,\r\n',
        'D,Tên,,Ý nghĩa,Số nguyên,01 = Nam,,,CSDL không có,Sở không có,Kín,\r\n',
        'E,Tên,,Ý nghĩa,Mã theo danh mục,không có dấu,,,,Sở không có,,\r\n',
        'MOI.A,Tên,,Ý nghĩa,Ngày,,,,,,,\r\n',
      ),
    );
    const { status, body } = await files.send('/v1/dictionary/terms/import', CSV, wrong);
    expect([status, body.code]).toEqual([422, 'import-refused']);
    expect(places(body)).toEqual([
      '5A not-a-code',
      '6B required',
      '6D required',
      '6E not-one-of',
      '7J one-source',
      '7I unknown-database',
      '7K not-one-of',
      '8F not-a-code-line',
      '8J unknown-agency',
      '9A code-twice',
    ]);
    const tried = await files.send('/v1/dictionary/terms/import?dryRun=true', CSV, wrong);
    expect([tried.status, tried.body.accepted, counts(tried.body)]).toEqual([200, false, [0, 0, 0]]);
  });

  it('map fields of an own database, and of no other', async () => {
    const [{ name, id }, foreign] = [
      await database(),
      await good<RegistryDatabaseState>(
        keeper('/v1/databases', { json: { name: 'CSDL của ngành khác', kind: 'sector', owner: 'SGDDT' } }),
      ),
    ];
    const head = 'Cơ sở dữ liệu;Trường dữ liệu;Mô tả;Kiểu dữ liệu;Mã thuật ngữ;Phiên bản thuật ngữ\r\n';
    const rows = `${name};GT;"Giới tính;\nmã";Mã theo danh mục;${GENDER.code};1\r\n${name};DT;;;;\r\n`;
    const done = await files.send('/v1/dictionary/fields/import', CSV, head + rows, 'SYT');
    expect([done.body.faults, counts(done.body)]).toEqual([[], [2, 0, 0]]);
    const fields = itemsOf<RegistryFieldState>(await owner(`/v1/databases/${id}/fields`));
    expect(
      fields.map(({ name: field, description, term: ref }) => [field, description, ref?.version]),
    ).toEqual([
      ['GT', 'Giới tính;\nmã', 1],
      ['DT', null, undefined],
    ]);
    const wrong = `${foreign.name};X;;;;\r\n${name};Y;;;KHONG_CO;\r\n${name};Z;;;;2\r\n${name};GT;;;${GENDER.code};9\r\n`;
    const refused = await files.send('/v1/dictionary/fields/import', CSV, head + wrong, 'SYT');
    expect([refused.status, places(refused.body)]).toEqual([
      422,
      ['2A refused', '3E unknown-term', '4F version-without-term', '5E unknown-term'],
    ]);
  });

  it('are not read at all when they are something else', async () => {
    const answer = async (type: string, content: string | Buffer) => {
      const { status, body } = await files.send('/v1/dictionary/terms/import', type, content);
      return [status, body.code];
    };
    expect(await answer('text/plain', 'x')).toEqual([415, 'file-type']);
    expect(await answer(CSV, Buffer.from([0xff, 0xfe, 0x41]))).toEqual([400, 'file-encoding']);
    expect(await answer(CSV, '"a\r\nb')).toEqual([400, 'file-quotes']);
    expect(await answer(CSV, 'a,b\r\n')).toEqual([422, 'import-refused']);
    const workbook = new Workbook();
    workbook.addWorksheet('Trang khác').addRow(['a']);
    const { status, body } = await files.send(
      '/v1/dictionary/terms/import',
      XLSX,
      Buffer.from(await workbook.xlsx.writeBuffer()),
    );
    expect([status, places(body)]).toEqual([422, ['null no-sheet']]);
  });
});

describe('events of the dictionary', () => {
  it('carry the whole state, one for each version, by the published schemas', async () => {
    const events = (await lab.events()).filter(({ subject }) =>
      /^ioc\.registry\.(term|field|dictionary)\./.test(subject),
    );
    const { types, faults } = checkAgainstSchemas(events);
    expect(faults).toEqual([]);
    expect(types).toEqual(
      [
        REGISTRY_DICTIONARY_PUBLISHED,
        REGISTRY_FIELD_ADDED,
        REGISTRY_FIELD_CHANGED,
        REGISTRY_FIELD_REMOVED,
        REGISTRY_TERM_ADDED,
        REGISTRY_TERM_CHANGED,
      ].sort(),
    );
    const gender = await only(GENDER.code);
    const own = events.filter(({ aggregateId }) => aggregateId === gender.id);
    expect(own.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(own.at(-1)?.data).toMatchObject({ ...gender, changed: ['meaning'] });
  });
});

async function only(termCode: string): Promise<RegistryTermState> {
  const found = itemsOf<RegistryTermState>(await owner(`/v1/terms?q=${termCode}`));
  expect(found.map((one) => one.code)).toEqual([termCode]);
  return found[0]!;
}
