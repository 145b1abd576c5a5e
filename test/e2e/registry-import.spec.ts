import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  RegistryConnectionState,
  RegistryDatabaseState,
  RegistryListState,
  RegistrySystemState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { type Caller, DataServiceLab, good, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import { bookOf, CatalogueFiles, cellsOf, changed, SHEETS } from './registry-import-book.js';

const [DATABASES, SYSTEMS, CONNECTIONS] = SHEETS;

let lab: DataServiceLab;
let keeper: Caller;
let owner: Caller;
let files: CatalogueFiles;
let own: CatalogueFiles;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  const base = await lab.start();
  [keeper, owner] = (await Promise.all(
    ['SKHCN', 'SYT'].map((agency) => lab.as(base, agency, 'registry:read', 'registry:write')),
  )) as [Caller, Caller];
  files = new CatalogueFiles(lab, base, 'SKHCN');
  own = new CatalogueFiles(lab, base, 'SYT');
});

afterAll(async () => {
  await lab.close();
});

const changes = async () =>
  (await lab.rows<{ n: number }>('SELECT count(*)::int n FROM registry_change'))[0]!.n;

async function named<State extends { name: string }>(catalogue: string, name: string): Promise<State> {
  const found = itemsOf<State>(await keeper(`/v1/${catalogue}?q=${encodeURIComponent(name)}`));
  return found.find((one) => one.name === name)!;
}

const enter = <State>(catalogue: 'databases' | 'systems', json: Record<string, unknown>) =>
  good<State>(keeper(`/v1/${catalogue}`, { json }));

/** One of everything that a sheet can say. */
async function fill(): Promise<void> {
  const database = await enter<RegistryDatabaseState>('databases', {
    name: 'Cơ sở dữ liệu hồ sơ sức khỏe',
    kind: 'sector',
    code: 'SYT.HSSK',
    owner: 'SYT',
    operator: { name: 'Công ty Viễn thông Khánh Hòa' },
    technicalContact: { name: 'Phòng Nghiệp vụ Y', phone: '0258 3822 000', email: null },
    lifecycle: 'trial',
    lifecycleOn: '2026-02-09',
    lifecycleDocument: 'Biên bản chạy thử',
    scope: '=Hồ sơ của người dân\nToàn tỉnh',
    targetQuarter: '2026-Q2',
    source: { document: 'Báo cáo của Sở Y tế', clause: 'Mục 1', asOf: '2026-03-01' },
    note: 'Ghi chú',
    openAttributes: [
      { attribute: 'sharingScope', status: 'not-applicable', reason: 'Dữ liệu mật: theo luật' },
    ],
  });
  await good(owner(`/v1/databases/${database.id}/use`, { json: { to: 'partly-used', on: '2026-04-01' } }));
  const silent = await enter<RegistryDatabaseState>('databases', {
    name: 'Cơ sở dữ liệu thuốc',
    kind: 'provincial',
    owner: 'SYT',
    openAttributes: [
      {
        attribute: 'scope',
        status: 'not-determined',
        responsible: 'SYT',
        due: '2026-06-30',
        reason: 'Chờ Bộ',
      },
      { attribute: 'lifecycle', status: 'not-determined', responsible: 'SKHCN', due: '2026-05-05' },
    ],
  });
  const system = await enter<RegistrySystemState>('systems', {
    name: 'Hệ thống quản lý tiêm chủng',
    kind: 'platform',
    owner: 'SYT',
    operator: { code: 'STTTT' },
  });
  const approval = { document: 'Quyết định phê duyệt', on: '2025-04-01', approver: 'Công an tỉnh' };
  await good(
    owner(`/v1/systems/${system.id}/security`, { json: { level: 3, approval, recheckDue: '2027-04-01' } }),
  );
  const connections = [
    { databaseId: database.id, targetPlatform: 'LGSP tỉnh', channel: 'LGSP', state: 'ended', stateOn: TODAY },
    { databaseId: database.id, targetPlatform: 'LGSP tỉnh', channel: 'LGSP', frequency: 'Hằng ngày' },
    {
      systemId: system.id,
      targetDatabaseId: silent.id,
      state: 'trial',
      legalGround: 'Nghị định số 278/2025/NĐ-CP',
    },
  ];
  for (const json of connections) await good(owner('/v1/connections', { json }));
}

describe('the catalogue comes back as it went out', () => {
  it('into an empty registry, and again into the same one, where nothing happens any more', async () => {
    await fill();
    const exported = await files.export();
    const other = await DataServiceLab.open('registry', registryService);
    try {
      const there = new CatalogueFiles(other, await other.start(), 'SKHCN');
      expect(await cellsOf(await there.export())).not.toEqual(await cellsOf(exported));
      const { counts } = await there.take(exported);
      expect([counts.databases, counts.systems, counts.connections]).toEqual([
        { created: 2, changed: 0, unchanged: 9 },
        { created: 1, changed: 0, unchanged: 55 },
        { created: 3, changed: 0, unchanged: 0 },
      ]);
      expect(await cellsOf(await there.export())).toEqual(await cellsOf(exported));
    } finally {
      await other.close();
    }
    const before = await changes();
    const again = await files.take(exported);
    expect([again.rows, again.counts.databases.unchanged, await changes()]).toEqual([[], 11, before]);
    expect(await cellsOf(await files.export())).toEqual(await cellsOf(exported));
  });

  it('and an agency may send the whole of it with its own rows changed, but no one else’s', async () => {
    const exported = await own.export();
    const mine = await changed(exported, DATABASES, 'Cơ sở dữ liệu thuốc', { 'Ghi chú': 'Của Sở Y tế' });
    expect(
      (await own.take(mine, '?dryRun=true')).rows.map(({ name, changed: fields }) => [name, fields]),
    ).toEqual([['Cơ sở dữ liệu thuốc', ['note']]]);
    const foreign = await changed(mine, DATABASES, 'Kho dữ liệu ngành du lịch', { 'Ghi chú': 'Của Sở Y tế' });
    expect(await own.faults(foreign)).toEqual([expect.stringMatching(/^refused Cơ sở dữ liệu \d+ E$/)]);
    expect(await named('databases', 'Cơ sở dữ liệu thuốc')).toMatchObject({ note: null });
  });
});

describe('an import', () => {
  it('does what the API does: steps, history and events of their own kinds', async () => {
    const name = 'Hệ thống quản lý tiêm chủng';
    const { id, version } = await named<RegistrySystemState>('systems', name);
    const book = await bookOf({
      [SYSTEMS]: [
        {
          Tên: name,
          'Ghi chú': 'Đã nghiệm thu',
          'Vòng đời': 'Đang vận hành',
          'Vòng đời từ ngày': '15/4/2026',
          'Văn bản xác nhận vòng đời': 'Biên bản nghiệm thu',
          'Sử dụng': 'đang SU DUNG',
          'Sử dụng từ ngày': '16/4/2026',
          'Cấp độ an toàn': 4,
        },
      ],
      [CONNECTIONS]: [{ 'CSDL, hệ thống của tỉnh': name, 'Kết nối tới': 'NDXP', Kênh: 'NDXP' }],
    });
    const tried = await own.take(book, '?dryRun=true');
    expect([tried.dryRun, tried.rows.map(({ action, id: of }) => [action, of])]).toEqual([
      true,
      [
        ['change', id],
        ['create', null],
      ],
    ]);
    expect(await named('systems', name)).toMatchObject({ version });
    const { rows } = await own.take(book, '?fileName=he-thong.xlsx');
    expect(rows.map(({ changed: fields }) => fields.length)).toEqual([8, 0]);
    expect(await named('systems', name)).toMatchObject({
      version: version + 4,
      lifecycle: 'in-operation',
      use: 'in-use',
      // An approval holds for the level that it was given for.
      security: { level: 4, approval: null, recheckDue: null },
    });
    const history = itemsOf(await keeper(`/v1/systems/${id}/history`)).map(({ action }) => action);
    expect(history.slice(0, 4)).toEqual(['security-changed', 'use-changed', 'lifecycle-changed', 'changed']);
    const [step] = itemsOf(await keeper(`/v1/systems/${id}/lifecycle`));
    expect(step).toMatchObject({ to: 'in-operation', on: '2026-04-15', document: 'Biên bản nghiệm thu' });
    const [logged] = itemsOf(await owner('/v1/catalogue-imports'));
    expect(logged).toMatchObject({ agency: 'SYT', fileName: 'he-thong.xlsx', counts: tried.counts });
    expect(itemsOf(await owner('/v1/catalogue-imports'))).toHaveLength(1);
    expect(itemsOf(await keeper('/v1/catalogue-imports'))).toHaveLength(2);
  });

  it('knows an entry by its code under another name, and a connection that ended for another one', async () => {
    const { id } = await named<RegistryDatabaseState>('databases', 'Cơ sở dữ liệu hồ sơ sức khỏe');
    const link = { 'CSDL, hệ thống của tỉnh': 'SYT.HSSK', 'Kết nối tới': 'LGSP tỉnh', Kênh: 'LGSP' };
    const book = await bookOf({
      [DATABASES]: [
        {
          Mã: 'SYT.HSSK',
          Tên: 'Cơ sở dữ liệu sức khỏe điện tử',
          'Phạm vi chia sẻ': 'Chưa xác định',
          'Ghi chú': null,
        },
      ],
      [CONNECTIONS]: [{ ...link, 'Trạng thái': 'Đang sử dụng', 'Từ ngày': TODAY }],
    });
    await own.take(book);
    const renamed = await good<RegistryDatabaseState>(keeper(`/v1/databases/${id}`));
    // What the row says nothing about stays.
    expect(renamed).toMatchObject({
      name: 'Cơ sở dữ liệu sức khỏe điện tử',
      note: 'Ghi chú',
      targetQuarter: '2026-Q2',
    });
    expect(renamed.openAttributes.find(({ attribute }) => attribute === 'sharingScope')).toMatchObject({
      status: 'not-determined',
      due: null,
    });
    const states = async () =>
      itemsOf<RegistryConnectionState>(await keeper(`/v1/connections?database=${id}`)).map(
        ({ state }) => state,
      );
    expect(await states()).toEqual(['ended', 'in-use']);
    await own.take(
      await bookOf({ [CONNECTIONS]: [{ ...link, 'Trạng thái': 'Đã chấm dứt', 'Từ ngày': TODAY }] }),
    );
    // The first connection says so already.
    expect(await states()).toEqual(['ended', 'in-use']);
  });

  it('names every fault by sheet, row and column, and stores nothing', async () => {
    const before = await changes();
    const fine = { Tên: 'Cơ sở dữ liệu mới', Loại: 'CSDL của tỉnh', 'Cơ quan chủ quản': 'Sở Y tế' };
    const book = await bookOf({
      [DATABASES]: [
        fine,
        { ...fine, Tên: null },
        { ...fine, Tên: 'A', Loại: 'Bảng' },
        { ...fine, Tên: 'B', Loại: null },
        { ...fine, Tên: 'C', 'Cơ quan chủ quản': 'Sở Vũ trụ' },
        { ...fine, Tên: 'D', Mã: 'mã số' },
        { ...fine, Tên: 'E', 'Quý mục tiêu': 'Quý V/2026' },
        { ...fine, Tên: 'F', 'Phạm vi chia sẻ': 'Không áp dụng' },
        { ...fine, Tên: 'G', 'Phạm vi chia sẻ': 'Chưa xác định: Sở Vũ trụ, hạn 30/6/2026' },
        { ...fine, Tên: 'H', 'Vòng đời': 'Dự kiến', 'Vòng đời từ ngày': '31/6/2026' },
        { ...fine, Tên: 'I', 'Vòng đời': 'Dự kiến', 'Vòng đời từ ngày': '21/4/2026' },
        { ...fine, Tên: 'K', 'Sử dụng': 'Đang sử dụng' },
        { ...fine, Tên: 'L', 'Điện thoại': '0258' },
        { ...fine, Tên: 'M', 'Điểm, khoản của nguồn': 'Mục 1' },
        { ...fine, Tên: 'N', Mã: 'SYT.HSSK', 'Vòng đời': 'Dự kiến', 'Vòng đời từ ngày': TODAY },
        { ...fine, Tên: 'O', Mã: 'SYT.HSSK' },
        { ...fine, Tên: 'Kho dữ liệu ngành du lịch', 'Cơ quan chủ quản': 'SYT' },
        { ...fine, Tên: 'Cơ sở dữ liệu thuốc', 'Sử dụng từ ngày': TODAY },
      ],
      [SYSTEMS]: [
        { Tên: 'P', Loại: 'Nền tảng', 'Cấp độ an toàn': 6 },
        { Tên: 'Q', Loại: 'Nền tảng', 'Cấp độ an toàn': 1, 'Văn bản phê duyệt cấp độ': 'Quyết định' },
        { Tên: 'R', Loại: 'Nền tảng', 'Hạn kiểm tra lại': TODAY },
        { Tên: 'Hệ thống quản lý tiêm chủng', 'Cấp độ an toàn': 'Chưa xác định' },
      ],
      [CONNECTIONS]: [
        { 'CSDL, hệ thống của tỉnh': 'Không có', 'Kết nối tới': 'NDXP' },
        { 'CSDL, hệ thống của tỉnh': 'SYT.HSSK', 'Kết nối tới': 'NDXP', 'Loại đích': 'Cơ sở dữ liệu' },
        { 'CSDL, hệ thống của tỉnh': 'SYT.HSSK', 'Kết nối tới': 'SYT.HSSK' },
        {
          'CSDL, hệ thống của tỉnh': 'SYT.HSSK',
          'Kết nối tới': 'LGSP tỉnh',
          Kênh: 'LGSP',
          'Trạng thái': 'Dự kiến',
        },
      ],
    });
    const faults = await files.faults(book);
    expect(faults.slice().sort()).toEqual(
      [
        `required ${DATABASES} 3 A`,
        `not-one-of ${DATABASES} 4 B`,
        `required ${DATABASES} 5 B`,
        `unknown-agency ${DATABASES} 6 C`,
        `not-a-code ${DATABASES} 7 D`,
        `not-a-quarter ${DATABASES} 8 E`,
        `open-reason ${DATABASES} 9 F`,
        `open-unit ${DATABASES} 10 F`,
        `not-a-day ${DATABASES} 11 H`,
        `refused ${DATABASES} 12 H`,
        `required ${DATABASES} 13 L`,
        `required ${DATABASES} 14 `,
        `required ${DATABASES} 15 `,
        `step-not-allowed ${DATABASES} 16 G`,
        `row-twice ${DATABASES} 17 A`,
        `other-owner ${DATABASES} 18 C`,
        `same-state ${DATABASES} 19 L`,
        `not-one-of ${SYSTEMS} 2 C`,
        `required ${SYSTEMS} 3 `,
        `required ${SYSTEMS} 4 C`,
        `not-removable ${SYSTEMS} 5 C`,
        `unknown-object ${CONNECTIONS} 2 A`,
        `unknown-object ${CONNECTIONS} 3 B`,
        `refused ${CONNECTIONS} 4 B`,
        `step-not-allowed ${CONNECTIONS} 5 E`,
      ].sort(),
    );
    expect(await named('databases', 'Cơ sở dữ liệu mới')).toBeUndefined();
    expect([await changes(), itemsOf(await keeper('/v1/catalogue-imports')).length]).toEqual([before, 4]);
  });

  it('takes workbooks of its own form only', async () => {
    const refusal = async (content: Buffer, type?: string) => {
      const { status, content: body } = await files.send(content, '', type);
      return [status, (JSON.parse(body.toString()) as { code: string }).code];
    };
    expect(await refusal(Buffer.from('a;b'), 'text/csv')).toEqual([415, 'file-type']);
    expect(await refusal(Buffer.from('PK\u0003\u0004 hỏng'))).toEqual([400, 'file-damaged']);
    const workbook = new Workbook();
    workbook.addWorksheet('Trang khác').addRow(['Tên']);
    expect(await files.faults(Buffer.from(await workbook.xlsx.writeBuffer()))).toEqual(['no-sheet   ']);
  });
});

describe('the template', () => {
  it('explains its columns, offers words to choose from, says that they are a draft, and can be imported', async () => {
    const template = await files.get('/v1/catalogue-template.xlsx');
    const workbook = new Workbook();
    await workbook.xlsx.load(template);
    const words = (sheet: string) => JSON.stringify(workbook.getWorksheet(sheet)?.getSheetValues());
    expect(words('Hướng dẫn')).toContain('DỰ THẢO hướng dẫn lập danh mục');
    expect(words('Giải thích cột')).toContain('Trạng thái vòng đời.');
    expect(words('Danh mục')).toContain('Quốc gia nhóm A');
    const offered = Object.values(workbook.getWorksheet(DATABASES)!.dataValidations.model);
    expect(offered.map((one) => one?.type)).toContain('list');
    const row = workbook.getWorksheet(DATABASES)!.getRow(4);
    row.getCell(3).value = 'Cơ sở dữ liệu từ tệp mẫu';
    row.getCell(4).value = 'CSDL của tỉnh';
    const filled = Buffer.from(await workbook.xlsx.writeBuffer());
    expect((await files.take(filled)).counts.databases).toEqual({ created: 1, changed: 0, unchanged: 0 });
    expect(await named('databases', 'Cơ sở dữ liệu từ tệp mẫu')).toMatchObject({
      kind: 'provincial',
      owner: null,
    });
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    expect(checkAgainstSchemas(await lab.events()).faults).toEqual([]);
  });
});

describe('the first start', () => {
  it('opens the lists that the documents speak of, with no database on them', async () => {
    const lists = itemsOf<RegistryListState>(await keeper('/v1/lists'));
    expect(lists.map(({ purpose, expected, entries }) => [purpose, expected, entries])).toEqual([
      ['priority', null, []],
      ['connection', 12, []],
    ]);
  });
});
