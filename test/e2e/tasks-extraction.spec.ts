import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workerLaunch } from '../../apps/tasks/src/extraction/document-reader.js';
import type { ExtractedDirective, ExtractedTask } from '../../apps/tasks/src/extraction/extract.js';
import { type Answer, ExtractionHarness } from './tasks-extraction-harness.js';
import { type Part, sampleDocx, samplePdf, zipOf } from './tasks-extraction-files.js';
import { readFixture } from './tasks-extraction-score.js';

const EXTRACT = '/v1/directives/extract';
const ACCEPT = '/v1/directives/accept';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const PDF = 'application/pdf';

/** What a package needs besides its document. */
const FRAME: readonly (readonly [string, string])[] = [
  [
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  ],
  [
    '_rels/.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
  ],
];

let service: ExtractionHarness;
beforeAll(async () => {
  service = await ExtractionHarness.start();
});
afterAll(async () => {
  await service.stop();
});

const draftOf = ({ status, body }: Answer) => {
  expect({ status, problem: body['code'] }).toEqual({ status: 200, problem: undefined });
  return body as unknown as ExtractedDirective & { text?: string };
};
const inShort = ({ clause, leads, due }: ExtractedTask) =>
  [clause, leads.map(({ code, name }) => code ?? name).join('+'), due.date].join(' ');

describe('reading a document', () => {
  it('answers header and tasks of a text, with the place of every task in it', async () => {
    const { text } = readFixture('seed-004');
    const { header, tasks } = draftOf(await service.post(EXTRACT, text));
    expect(header).toEqual({
      number: null,
      symbol: 'TB-VPUB',
      kind: 'conclusion-notice',
      issuer: { code: 'VPUBND', name: 'Văn phòng UBND tỉnh' },
      date: null,
      meetingOn: '2026-04-20',
      subject: expect.stringMatching(
        /^Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp .*\(phiên họp thứ 11\)$/,
      ),
    });
    expect(tasks).toHaveLength(9);
    expect(tasks[6]).toEqual({
      text: expect.stringMatching(/^Giao Ban Quản lý Dự án Phát triển tỉnh .*\(không xin gia hạn thêm\)$/),
      span: [expect.any(Number), expect.any(Number)],
      clause: '3',
      leads: [{ code: 'BQLDAPT', name: 'Ban Quản lý Dự án Phát triển tỉnh' }],
      collaborators: [],
      due: {
        date: '2026-05-05',
        lastDay: '2026-05-05',
        phrase: 'chậm nhất ngày 05/5/2026',
        recurrence: null,
      },
      extendable: false,
      confidence: expect.any(Number),
      needsCheck: false,
      reason: expect.stringContaining('thời hạn theo cụm từ'),
    });
    for (const task of tasks) {
      expect(
        text
          .slice(...task.span)
          .replace(/\*\*/g, '')
          .replace(/\s+/g, ' '),
      ).toBe(task.text);
    }
  });

  it('counts the places of decomposed text in its composed form', async () => {
    const { text } = readFixture('01-government-office-notice');
    const { tasks } = draftOf(await service.post(EXTRACT, text.normalize('NFD')));
    expect(tasks).toHaveLength(6);
    expect(tasks.map((task) => text.slice(...task.span))).toEqual(tasks.map((task) => task.text));
  });

  it('reads .docx with automatic numbers and tables, and answers the text that the places refer to', async () => {
    const {
      header,
      tasks,
      text = '',
    } = draftOf(await service.post(EXTRACT, await sampleDocx(), { type: DOCX }));
    expect(header).toMatchObject({ number: '99/UBND-KGVX', date: '2026-05-04', kind: 'letter' });
    expect(tasks.map(inShort)).toEqual([
      '1.a STC 2026-05-20',
      '1.b, gạch đầu dòng 1 SNV 2026-05-31',
      '1.b, gạch đầu dòng 2 SNV 2026-06-05',
      '2, dòng 1 SKHCN 2026-09-30',
    ]);
    expect(tasks.map((task) => text.slice(...task.span))).toEqual(tasks.map((task) => task.text));
  });

  it('reads the text layer of a PDF, even one without diacritics', async () => {
    const pdf = samplePdf([
      'So: 12/TB-UBND',
      'Khanh Hoa, ngay 02 thang 3 nam 2026',
      'THONG BAO',
      '1. Giao So Tai chinh chu tri, phoi hop voi So Noi vu tham dinh du toan kinh phi;',
      'hoan thanh truoc ngay 20/3/2026.',
    ]);
    const { header, tasks, text = '' } = draftOf(await service.post(EXTRACT, pdf, { type: PDF }));
    expect(header).toMatchObject({ number: '12/TB-UBND', kind: 'conclusion-notice', date: '2026-03-02' });
    expect(tasks.map(inShort)).toEqual(['1 STC 2026-03-20']);
    expect(text.slice(...tasks[0]!.span)).toMatch(/^Giao So Tai chinh[\s\S]*20\/3\/2026$/);
  });

  it('stores nothing, also under an Idempotency-Key, which never brings back another document’s answer', async () => {
    const before = [
      await service.count('directive'),
      await service.count('task'),
      await service.count('idempotency_key'),
    ];
    const headers = { 'idempotency-key': 'one-key' };
    const first = draftOf(await service.post(EXTRACT, readFixture('seed-004').text, { headers }));
    const second = draftOf(await service.post(EXTRACT, readFixture('seed-001').text, { headers }));
    expect([first.tasks.length, second.tasks.length]).toEqual([9, 13]);
    expect([
      await service.count('directive'),
      await service.count('task'),
      await service.count('idempotency_key'),
    ]).toEqual(before);
  });
});

describe('what is not read', () => {
  const refusal = async (body: string | Uint8Array, type?: string) => {
    const answer = await service.post(EXTRACT, body, { type });
    return [answer.status, answer.body['code']];
  };
  const part = (name: string, content: string, more: Partial<Part> = {}): Part => ({
    name,
    content: Buffer.from(content),
    ...more,
  });
  const word = (document: string, more: Partial<Part> = {}) =>
    zipOf([
      ...FRAME.map(([name, content]) => part(name, content)),
      part('word/document.xml', document, more),
    ]);
  const WORDS = '<w:p><w:r><w:t>Giao Sở Tài chính báo cáo.</w:t></w:r></w:p>';
  const documentOf = (content: string, before = '') =>
    `${before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${content}</w:body></w:document>`;

  it('refuses callers without the scope, and other types of body', async () => {
    const reader = await service.post(EXTRACT, 'Giao Sở Tài chính báo cáo.', { scopes: ['tasks:read'] });
    expect(reader.status).toBe(403);
    expect(await refusal('<p/>', 'text/html')).toEqual([415, 'unsupported-media-type']);
    expect((await service.post(EXTRACT, { text: 'x' })).status).toBe(415);
    expect((await service.post('/v1/directives', 'abc')).status).toBe(415);
  });

  it('refuses what is empty, too long, or not UTF-8', async () => {
    expect(await refusal('')).toEqual([400, 'document-empty']);
    expect(await refusal(Buffer.from([0x47, 0xff, 0xfe]))).toEqual([400, 'document-not-utf8']);
    expect(await refusal('a'.repeat(1_048_577))).toEqual([413, 'document-too-long']);
    expect(await refusal(Buffer.alloc(8_388_609), PDF)).toEqual([413, 'document-too-long']);
  });

  it('refuses a package that grows when unpacked, whatever size it claims', async () => {
    const bomb = word(`<w:document>${' '.repeat(60_000_000)}</w:document>`, { claimed: 1_000 });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb, DOCX)).toEqual([422, 'document-too-large-inside']);
  });

  it('refuses entities, encrypted, doubled and damaged packages', async () => {
    // The same without the fault is read.
    expect(await refusal(word(documentOf(WORDS)), DOCX)).toEqual([200, undefined]);
    const entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(await refusal(word(documentOf(WORDS, entities)), DOCX)).toEqual([422, 'document-unreadable']);
    expect(await refusal(word(documentOf(WORDS), { flags: 1 }), DOCX)).toEqual([422, 'document-encrypted']);
    const twice = part('word/document.xml', documentOf(WORDS));
    const doubled = zipOf([...FRAME.map(([name, content]) => part(name, content)), twice, twice]);
    expect(await refusal(doubled, DOCX)).toEqual([422, 'document-unreadable']);
    expect(await refusal((await sampleDocx()).subarray(0, 2_000), DOCX)).toEqual([
      422,
      'document-unreadable',
    ]);
    expect(await refusal('not a package', DOCX)).toEqual([422, 'document-unreadable']);
  });

  it('refuses a PDF of 10,000 pages, though they are one page named again and again', async () => {
    const answer = await service.post(EXTRACT, samplePdf(['Giao So Tai chinh bao cao.'], 10_000), {
      type: PDF,
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'document-too-large-inside' } });
  });

  it('refuses PDF files that are damaged or have only pictures', async () => {
    expect(await refusal('%PDF-1.7 nothing', PDF)).toEqual([422, 'document-unreadable']);
    expect(await refusal(samplePdf([]), PDF)).toEqual([422, 'document-without-text']);
  });

  it('ends what takes too long, and goes on serving', async () => {
    const { milliseconds } = workerLaunch;
    workerLaunch.milliseconds = 1;
    expect(await refusal('Giao Sở Tài chính báo cáo.')).toEqual([422, 'document-too-slow']);
    workerLaunch.milliseconds = milliseconds;
    expect(draftOf(await service.post(EXTRACT, 'Giao Sở Tài chính báo cáo.')).tasks).toHaveLength(1);
  });
});

describe('accepting a draft', () => {
  const draft = async () => draftOf(await service.post(EXTRACT, readFixture('seed-001').text));

  it('registers the directive and assigns every task, once under one key', async () => {
    const edited = await draft();
    edited.header.number = '31/TB-UBND';
    const headers = { 'idempotency-key': 'accept-31' };
    const [tasks, directives] = [await service.count('task'), await service.count('directive')];
    const answer = await service.post(ACCEPT, edited, { headers });
    expect(answer).toMatchObject({
      status: 201,
      body: { directive: { number: '31/TB-UBND', symbol: 'TB-UBND', meetingOn: '2026-02-10' } },
    });
    expect(answer.headers.get('location')).toBe(`/v1/directives/${answer.body['id'] as string}`);
    expect((await service.post(ACCEPT, edited, { headers })).body).toEqual(answer.body);
    expect([await service.count('task'), await service.count('directive')]).toEqual([
      tasks + 13,
      directives + 1,
    ]);
    const [, , , fourth] = answer.body['taskIds'] as string[];
    expect((await service.get(`/v1/tasks/${fourth ?? ''}`)).body).toMatchObject({
      leads: [{ code: 'SKHCN' }],
      due: {
        date: '2026-02-12',
        lastDay: '2026-02-12',
        phrase: 'thời hạn ngày 12/02/2026',
        extendable: true,
      },
    });
  });

  it('stores nothing at all when one task cannot be assigned, and says which', async () => {
    const edited = await draft();
    edited.tasks[12]!.leads = [{ code: null, name: 'Viện X' }];
    const before = [await service.count('task'), await service.count('directive')];
    const answer = await service.post(ACCEPT, edited);
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'tasks[12].leads[0].code', code: 'unknown-agency' }] },
    });
    expect([await service.count('task'), await service.count('directive')]).toEqual(before);
  });

  it('keeps agencies that the list does not know in words', async () => {
    const edited = await draft();
    edited.tasks = edited.tasks.slice(0, 1);
    edited.tasks[0]!.collaborators = [{ code: null, name: 'Viện X' }];
    const answer = await service.post(ACCEPT, edited);
    const [id] = answer.body['taskIds'] as string[];
    const { body } = await service.get(`/v1/tasks/${id ?? ''}`);
    expect(body['description']).toBe('Cơ quan phối hợp theo văn bản, chưa có trong danh mục: Viện X.');
  });

  it('refuses agencies that may not assign, and dates that contradict each other', async () => {
    expect((await service.post(ACCEPT, await draft(), { agency: 'STC' })).status).toBe(403);
    const edited = await draft();
    Object.assign(edited.tasks[3]!.due, { date: '2026-02-12', lastDay: '2026-02-13' });
    expect((await service.post(ACCEPT, edited)).body).toMatchObject({
      errors: [{ field: 'tasks[3].due.lastDay' }],
    });
  });
});
