import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { rawWorkbook, sheetOf } from '../fixtures/budget/hostile-files.js';
import { fileOf, NEW_PLAN, TASK_HEAD, tableOf, taskRow, WorkbooksLab } from './tasks-workbooks-lab.js';

let lab: WorkbooksLab;
beforeAll(async () => {
  lab = await WorkbooksLab.open();
}, 60_000);
afterAll(() => lab.lab.close());

const INFORMATION = [
  'Trạng thái',
  'Tình hình',
  'Tiến độ (%)',
  'Ngày giao',
  'Ngày hoàn thành',
  'Số lần gia hạn',
];

/** What a task's assignment consists of. */
function assignments(rows: readonly Record<string, string>[]) {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([head]) => !INFORMATION.includes(head))),
  );
}

describe('the template', () => {
  it('is a form with instructions, drop-downs and a sample that is not imported', async () => {
    const { status, headers, content } = await lab.file('/v1/tasks/template.xlsx');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''M%E1%BA%ABu%20nh%E1%BA%ADp");
    const workbook = new Workbook();
    await workbook.xlsx.load(new Uint8Array(content).buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Hướng dẫn',
      'Nhiệm vụ',
      'Văn bản',
      'Danh mục',
    ]);
    const tasks = workbook.getWorksheet('Nhiệm vụ');
    expect(tasks?.getRow(3).values).toEqual([undefined, ...TASK_HEAD]);
    expect(tasks?.getCell('F5').dataValidation).toMatchObject({ type: 'list' });
    expect(tasks?.getCell('B5').dataValidation).toMatchObject({
      formulae: [expect.stringContaining("'Văn bản'!$A$4:$A$")],
    });
    expect(tasks?.getCell('A4').value).toBe('Mẫu');

    const empty = await lab.import(content, '?dryRun=true');
    expect({ tasks: empty.tasks, faults: empty.faults }).toEqual({ tasks: [], faults: [] });
    expect(empty.unchanged.directives).toBe(await lab.count('directive'));

    if (!tasks) throw new Error('the template has no tasks');
    const registered = tableOf(content, 'Văn bản').then((rows) => rows[0]?.['Tên dùng trong tệp'] ?? '');
    tasks.getCell('B5').value = await registered;
    tasks.getCell('D5').value = 'Nhiệm vụ điền vào mẫu';
    tasks.getCell('F5').value = 'Sở Tài chính; Sở Nội vụ (SNV)';
    tasks.getCell('H5').value = 'trước ngày 15/5/2026';
    const filled = await lab.import(Buffer.from(await workbook.xlsx.writeBuffer()), '?dryRun=true');
    expect(filled.faults).toEqual([]);
    expect(filled.tasks).toEqual([{ row: 5, action: 'create', id: null, title: 'Nhiệm vụ điền vào mẫu' }]);
  });
});

describe('an import', () => {
  const rows = [
    taskRow('1', 'Soạn tài liệu tập huấn', 'SKHCN', { H: 'trước ngày 15/5/2026', G: 'Sở Nội vụ' }),
    taskRow('2', '=HYPERLINK("http://x","y")', 'Sở Tài chính (STC); SNV', {
      E: '@dòng một\n-dòng hai',
      K: '2 tuần',
    }),
    taskRow('3', 'In tài liệu', 'STC', { I: new Date('2026-05-10T00:00:00Z'), M: '1', L: 'Không' }),
  ];

  it('says in a dry run what it would make, and makes nothing', async () => {
    const before = [await lab.count('task'), await lab.count('directive'), await lab.count('outbox')];
    const answer = await lab.import(await fileOf(rows), '?dryRun=true');
    expect(answer).toMatchObject({ status: 200, accepted: true, faults: [], warnings: [] });
    expect(answer.created).toEqual({ directives: 1, tasks: 3 });
    expect(answer.tasks.map(({ row, action, id }) => [row, action, id])).toEqual([
      [2, 'create', null],
      [3, 'create', null],
      [4, 'create', null],
    ]);
    expect([await lab.count('task'), await lab.count('directive'), await lab.count('outbox')]).toEqual(
      before,
    );
  });

  it('makes directive, tasks and parts once: the same key is replayed, the same rows are unchanged', async () => {
    const file = await fileOf(rows);
    const headers = { 'idempotency-key': 'import-1' };
    const first = await lab.import(file, '', { headers });
    expect(first.created).toEqual({ directives: 1, tasks: 3 });
    const again = await lab.import(file, '', { headers });
    expect([again.headers.get('idempotency-replayed'), again.tasks]).toEqual(['true', first.tasks]);

    const other = await lab.import(file);
    expect(other.created).toEqual({ directives: 0, tasks: 0 });
    expect(other.unchanged).toEqual({ directives: 1, tasks: 3 });
    expect(other.tasks.map(({ id }) => id)).toEqual(first.tasks.map(({ id }) => id));

    const read = await lab.lab.as(lab.url, 'SKHCN', 'tasks:read');
    const { body } = await read(`/v1/tasks/${first.tasks[2]?.id ?? ''}`);
    expect(body).toMatchObject({
      parentId: first.tasks[0]?.id,
      title: 'In tài liệu',
      due: { date: '2026-05-10', lastDay: '2026-05-10', extendable: false },
    });
    const due = (await read(`/v1/tasks/${first.tasks[0]?.id ?? ''}`)).body['due'];
    expect(due).toMatchObject({ date: '2026-05-15', lastDay: '2026-05-14' });
    const types = (await lab.lab.events()).filter(({ aggregateId }) => aggregateId === first.tasks[2]?.id);
    expect(types.map(({ type }) => type)).toEqual(['vn.ioc.tasks.task.assigned.v1']);
  });

  it('refuses a row that is there already and differs, by its name', async () => {
    const changed = await fileOf([
      taskRow('1', 'Soạn tài liệu tập huấn', 'STC', { H: 'trước ngày 15/5/2026', G: 'Sở Nội vụ' }),
    ]);
    const answer = await lab.import(changed);
    expect([answer.status, answer.code]).toEqual([422, 'import-refused']);
    expect(answer.faults.map(({ sheet, row, column, code }) => [sheet, row, column, code])).toEqual([
      ['Nhiệm vụ', 2, 'F', 'task-differs'],
    ]);
    expect(answer.faults[0]?.message.vi).toContain('"Cơ quan chủ trì"');
    const plan = [...NEW_PLAN.slice(0, 7), 'Trích yếu khác'];
    expect((await lab.import(await fileOf([], [plan]))).faults).toMatchObject([
      { sheet: 'Văn bản', row: 2, column: 'H', code: 'directive-differs' },
    ]);
  });

  it('names every fault by sheet, row and column in both languages, and stores nothing at all', async () => {
    const file = await fileOf(
      [
        taskRow('1', 'Nhiệm vụ tốt', 'SKHCN'),
        taskRow('2', 'Cơ quan lạ', 'Sở Không Có'),
        taskRow('2', 'Số trùng', 'SKHCN', { I: '31/02/2026' }),
        taskRow('4', 'Nhiệm vụ tốt', 'SKHCN', { B: 'không có văn bản này' }),
        taskRow('5', 'Nhiệm vụ tốt', 'SKHCN'),
        taskRow('6', 'Công thức', 'SKHCN', { E: { formula: '1+1' } }),
        taskRow('7', 'Hết hạn sau', 'SKHCN', { M: '8', I: '30/6/2026' }),
        taskRow('8', 'Hết hạn trước', 'SKHCN', { I: '01/6/2026' }),
        taskRow('9', 'Không có trên', 'SKHCN', { M: '99', K: 'thỉnh thoảng' }),
        taskRow('10', 'Hai ngày khác nhau', 'SKHCN', { H: 'trước ngày 15/5/2026', I: '16/5/2026' }),
        taskRow('11', 'Vòng một', 'SKHCN', { M: '12' }),
        taskRow('12', 'Vòng hai', 'SKHCN', { M: '11' }),
        taskRow('13', 'Có thể hoãn', 'SKHCN; SKHCN', { L: 'có lẽ', G: 'SKHCN' }),
      ],
      [NEW_PLAN, ['Hỏng', null, null, 'Bưu thiếp', 'KHONGCO', null, null, null]],
    );
    const before = [await lab.count('task'), await lab.count('directive')];
    const dry = await lab.import(file, '?dryRun=true');
    expect([dry.status, dry.accepted, dry.created.tasks]).toEqual([200, false, 0]);
    const places = dry.faults.map(({ sheet, row, column, code }) => `${sheet} ${row}${column}: ${code}`);
    expect(places.sort()).toEqual(
      [
        'Nhiệm vụ 3F: unknown-agency',
        'Nhiệm vụ 4A: number-twice',
        'Nhiệm vụ 4I: not-a-day',
        'Nhiệm vụ 5B: unknown-directive',
        'Nhiệm vụ 6D: row-twice',
        'Nhiệm vụ 7E: formula',
        'Nhiệm vụ 8J: beyond-parent',
        'Nhiệm vụ 10K: not-a-recurrence',
        'Nhiệm vụ 10M: unknown-parent',
        'Nhiệm vụ 11I: contradicts-phrase',
        'Nhiệm vụ 12M: parent-circle',
        'Nhiệm vụ 13M: parent-circle',
        'Nhiệm vụ 14F: agency-twice',
        'Nhiệm vụ 14G: agency-twice',
        'Nhiệm vụ 14L: not-one-of',
        'Văn bản 3D: not-one-of',
        'Văn bản 3E: unknown-agency',
        'Văn bản 3H: required',
      ].sort(),
    );
    expect(
      dry.faults.every(({ message }) => message.vi !== '' && message.en !== '' && message.vi !== message.en),
    ).toBe(true);
    const real = await lab.import(file);
    expect([real.status, real.faultCount]).toEqual([422, dry.faultCount]);
    expect([await lab.count('task'), await lab.count('directive')]).toEqual(before);
  });

  it('is for those who may assign, and of their own directives', async () => {
    const file = await fileOf([taskRow('1', 'Việc của nơi khác', 'SKHCN')]);
    expect((await lab.import(file, '', { scopes: ['tasks:read', 'tasks:write'] })).status).toBe(403);
    const other = await lab.import(file, '?dryRun=true', { agency: 'STC' });
    expect(other.faults.map(({ row, column, code }) => [row, column, code])).toEqual([[2, 'B', 'refused']]);
  });
});

describe('an export', () => {
  it('has what the caller may see, by all filters, and text as text', async () => {
    const all = await lab.exported();
    expect(all).toHaveLength(await lab.count('task'));
    const read = await lab.lab.as(lab.url, 'STC', 'tasks:read');
    const { total } = (await read('/v1/tasks/totals')).body as { total: number };
    const own = await lab.exported('', 'STC');
    expect([own.length, own.length < all.length]).toEqual([total, true]);
    const filtered = await lab.exported('?lead=STC&q=hyperlink&timeliness=no-date,on-track');
    expect(filtered.map((row) => row['Nhiệm vụ'])).toEqual(['=HYPERLINK("http://x","y")']);
    // Entered today: yesterday had none of them.
    expect(await lab.exported('?asOf=2026-04-19&q=hyperlink')).toEqual([]);
    expect((await lab.file('/v1/tasks/export.xlsx?asOf=2026-04-21')).status).toBe(400);
    const { content } = await lab.file('/v1/tasks/export.xlsx?q=hyperlink');
    const workbook = new Workbook();
    await workbook.xlsx.load(new Uint8Array(content).buffer);
    const cell = workbook.getWorksheet('Nhiệm vụ')?.getCell('D4');
    expect([cell?.value, cell?.numFmt, cell?.formula]).toEqual([
      '=HYPERLINK("http://x","y")',
      '@',
      undefined,
    ]);
  });

  it('loses nothing: imported into an empty database it is exported again with the same cells', async () => {
    const assign = await lab.lab.as(lab.url, 'VPUBND', 'tasks:read', 'tasks:assign');
    const item = ((await assign('/v1/tasks?q=tai+lieu+tap+huan')).body['items'] as { id: string }[])[0];
    const extended = await assign(`/v1/tasks/${item?.id ?? ''}/extension`, {
      json: { date: '2026-05-30', document: { number: '9/CV', date: '2026-04-20' }, reason: 'Chờ kinh phí' },
    });
    expect(extended.status).toBe(200);
    const file = (await lab.file('/v1/tasks/export.xlsx')).content;
    const tasks = assignments(await tableOf(file, 'Nhiệm vụ'));
    const directives = await tableOf(file, 'Văn bản');
    expect((await lab.import(file)).created).toEqual({ directives: 0, tasks: 0 });

    await lab.lab.rows('TRUNCATE task, directive CASCADE');
    const dry = await lab.import(file, '?dryRun=true');
    expect({ faults: dry.faults, created: dry.created }).toEqual({
      faults: [],
      created: { directives: directives.length, tasks: tasks.length },
    });
    expect(await lab.exported()).toEqual([]);
    expect((await lab.import(file)).created).toEqual(dry.created);
    const again = (await lab.file('/v1/tasks/export.xlsx')).content;
    expect(assignments(await tableOf(again, 'Nhiệm vụ'))).toEqual(tasks);
    expect(await tableOf(again, 'Văn bản')).toEqual(directives);
    expect(tasks.length).toBeGreaterThan(70);
  });
});

describe('a file that does harm is refused', () => {
  const head = sheetOf([TASK_HEAD]);

  it.each([
    ['empty', Buffer.alloc(0), 400, 'file-empty'],
    ['no workbook', Buffer.from('PK'), 415, 'file-type'],
    ['broken', Buffer.from('PK\u0003\u0004 broken'), 400, 'file-damaged'],
    ['unpacked to a hundred times its size', rawWorkbook(Buffer.alloc(200_000_000, 32)), 413, 'file-too-big'],
    [
      'of too many cells',
      rawWorkbook(`<worksheet><row>${'<c/>'.repeat(200_001)}</row></worksheet>`),
      413,
      'file-too-big',
    ],
    ['with entities', rawWorkbook(`<!DOCTYPE x [<!ENTITY a "b">]>${head}`), 400, 'file-damaged'],
    [
      'with links to the outside',
      rawWorkbook(head, [{ name: 'xl/externalLinks/externalLink1.xml', content: '<x/>' }]),
      400,
      'file-active',
    ],
    ['with macros', rawWorkbook(head, [{ name: 'xl/vbaProject.bin', content: 'x' }]), 400, 'file-active'],
  ])('%s', async (_name, file, status, code) => {
    const answer = await lab.import(file);
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('of another type, or larger than a file may be', async () => {
    expect((await lab.import(await fileOf([]), '', { type: 'text/csv' })).status).toBe(415);
    expect((await lab.import(Buffer.alloc(5 * 1_048_576 + 1))).status).toBe(413);
    const wrong = await lab.import(rawWorkbook(sheetOf([['xin chào']])));
    expect(wrong.faults).toMatchObject([{ code: 'no-sheet' }]);
  });

  it('and other addresses still answer 415 to one', async () => {
    const token = await lab.lab.token('SKHCN', 'tasks:assign');
    const response = await fetch(`${lab.url}/v1/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
      body: 'PK',
    });
    expect(response.status).toBe(415);
  });
});
