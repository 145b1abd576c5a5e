import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { unzip } from '@cj-tech-master/excelts/archive';
import mammoth from 'mammoth';
import type { Consolidation } from '../../apps/tasks/src/reports/consolidation/consolidation.js';
import type { PeriodItem } from '../../apps/tasks/src/reports/periods/period-state.js';
import { ReportsLab } from './tasks-reports-lab.js';

const TITLE = 'Báo cáo tạo lập dữ liệu "đúng, đủ, sạch, sống"';

let reports: ReportsLab;
let period: PeriodItem;
let path: string;
let taskId: string;

beforeAll(async () => {
  reports = await ReportsLab.open(1);
  const { lab } = reports;
  lab.clock.set('2026-04-20');
  taskId = (await lab.assignTask({ leads: ['STC', 'SNV'], collaborators: [] })).id;
  const [directive] = await lab.all<{ id: string }>('/v1/directives?q=skhcn-ttcds');
  const duty = await reports.newDuty({
    title: TITLE,
    directiveId: directive?.id,
    clause: '3',
    agencies: ['STC', 'SNV', 'SXD', 'SYT'],
    recipients: ['SKHCN', 'VPUBND'],
    form: {
      results: true,
      obstacles: true,
      proposals: true,
      taskPercents: true,
      figures: [
        { key: 'kinh-phi', name: 'Kinh phí đã giải ngân', unit: 'triệu đồng' },
        { key: 'ty-le', name: 'Tỷ lệ hồ sơ số', unit: '%', summable: false },
        { key: 'can-bo', name: 'Cán bộ tập huấn' },
      ],
    },
  });
  period = await reports.periodOf(duty);
  path = `/v1/duties/${duty.id}/periods/${period.id}/consolidation`;
  lab.clock.set('2026-05-18T09:05:00+07:00');
  const figures = (money: number | null, rate: number) => [
    { key: 'kinh-phi', value: money, ...(money === null && { note: 'Chưa quyết toán' }) },
    { key: 'ty-le', value: rate },
    { key: 'can-bo', value: null, note: 'Chưa tổ chức' },
  ];
  await reports.submit(period, 'STC', {
    results: 'Đã cấp kinh phí.\nĐã thẩm định 03 dự toán.',
    figures: figures(0.1, 80),
    obstacles: ['Thiếu nhân lực', 'Chậm phân bổ'],
    taskPercents: [{ taskId, percent: 60, note: 'Đang thẩm định' }],
  });
  await reports.submit(period, 'SNV', {
    figures: figures(0.2, 70),
    proposals: ['Bổ sung biên chế'],
    taskPercents: [{ taskId, percent: 30 }],
  });
  await reports.answer(period, 'SNV', '/correction', {
    json: {
      content: { results: 'Bản đính chính', figures: figures(0.2, 75), proposals: ['Bổ sung biên chế'] },
      reason: 'Sai tỷ lệ',
    },
  });
  await reports.live('2026-05-22');
  await reports.submit(period, 'SXD', {
    figures: figures(null, 10),
    obstacles: ['=SUM(A1) chưa rõ đầu mối'],
  });
});
afterAll(() => reports.lab.close());

describe('the consolidated report of a period', () => {
  it('says who reported when, who is missing, and takes the newest versions together', async () => {
    const report = await reports.ok<Consolidation>(path);
    expect(report.counts).toEqual({ onTime: 2, late: 1, missing: 1, due: 0 });
    expect(
      report.agencies.map(({ agency, state, submittedAt, corrections, step }) => [
        agency.code,
        state,
        submittedAt,
        corrections,
        step?.level,
      ]),
    ).toEqual([
      ['STC', 'on-time', '2026-05-18T02:05:00.000Z', 0, undefined],
      ['SNV', 'on-time', '2026-05-18T02:05:00.000Z', 1, undefined],
      ['SXD', 'late', '2026-05-22T05:00:00.000Z', 0, 'agency'],
      ['SYT', 'missing', null, 0, 'agency'],
    ]);
    expect(report.results.map(({ agency, text }) => [agency.code, text])).toContainEqual([
      'SNV',
      'Bản đính chính',
    ]);
    expect(report.figures.map(({ key, total, given }) => [key, total, given])).toEqual([
      ['kinh-phi', 0.3, 2],
      ['ty-le', null, 3],
      ['can-bo', null, 0],
    ]);
    expect(report.figures[1]!.byAgency.map(({ value }) => value)).toEqual([80, 75, 10]);
    expect(report.obstacles.map(({ agency, points }) => [agency.code, points])).toEqual([
      ['STC', ['Thiếu nhân lực', 'Chậm phân bổ']],
      ['SXD', ['=SUM(A1) chưa rõ đầu mối']],
    ]);
    // The correction of SNV left the task out.
    expect(report.tasks).toMatchObject([
      { taskId, lastDay: '2026-05-15', byAgency: [{ agency: { code: 'STC' }, percent: 60 }] },
    ]);
    const past = await reports.ok<Consolidation>(`${path}?asOf=2026-05-18`);
    expect([past.counts, past.figures[0]!.total]).toEqual([{ onTime: 2, late: 0, missing: 0, due: 2 }, 0.3]);
  });

  it('comes as a document in the administrative form', async () => {
    const { status, headers, bytes } = await reports.lab.send(`${path}.docx`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toContain('filename="tong-hop-bao-cao-tao-lap-du-lieu-');
    expect(decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? '')).toBe(
      'Tổng hợp Báo cáo tạo lập dữ liệu -đúng, đủ, sạch, sống- - Tháng 5-2026.docx',
    );
    const { value: text } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    const lines = text.split('\n').filter((line) => line !== '');
    expect(lines.slice(0, 9)).toEqual([
      'ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA',
      'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số:       /BC-SKHCN',
      'Khánh Hòa, ngày       tháng       năm 2026',
      'BÁO CÁO',
      'Tổng hợp báo cáo tạo lập dữ liệu "đúng, đủ, sạch, sống"',
      '(Tháng 5/2026)',
    ]);
    expect(lines[9]).toMatch(
      /^Thực hiện Công văn số ……\/SKHCN-TTCĐS của Sở Khoa học và Công nghệ \(mục 3\)\. .*hạn gửi đến hết ngày 19\/5\/2026/,
    );
    expect(lines[11]).toBe(
      'Tính đến 12 giờ 00 phút ngày 22/5/2026, có 3/4 cơ quan đã gửi báo cáo (đúng hạn 2, trễ hạn 1); 1 cơ quan quá hạn chưa gửi.',
    );
    for (const heading of [
      'I. TÌNH HÌNH GỬI BÁO CÁO',
      'II. KẾT QUẢ THỰC HIỆN',
      'III. SỐ LIỆU TỔNG HỢP',
      'IV. TIẾN ĐỘ NHIỆM VỤ',
      'V. KHÓ KHĂN, VƯỚNG MẮC',
      'VI. ĐỀ XUẤT, KIẾN NGHỊ',
    ])
      expect(lines).toContain(heading);
    expect(lines).toEqual(
      expect.arrayContaining([
        '0,3',
        'Không cộng',
        'Chưa xác định',
        'Đã thẩm định 03 dự toán.',
        '- Chậm phân bổ',
        'Sở Tài chính: 60% (Đang thẩm định)',
      ]),
    );
    expect(lines.slice(-5)).toEqual([
      'Nơi nhận:',
      '- UBND tỉnh (báo cáo);',
      '- Văn phòng UBND tỉnh;',
      '- Lưu: VT.',
      'GIÁM ĐỐC',
    ]);
    const xml = new TextDecoder().decode((await unzip(bytes).bytes('word/document.xml')) ?? undefined);
    expect(xml).toContain('w:ascii="Times New Roman"');
    expect(xml).toContain('<w:tblHeader/>');
    expect(new Set([...xml.matchAll(/<w:sz w:val="(\d+)"/g)].map((match) => match[1]))).toEqual(
      new Set(['22', '24', '26', '28']),
    );
  });

  it('comes as a workbook with its totals as formulas, ready to print', async () => {
    const { status, headers, bytes } = await reports.lab.send(`${path}.xlsx`);
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('.xlsx');
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    const sheets = workbook.worksheets;
    expect(sheets.map(({ name }) => name)).toEqual([
      'Tình hình gửi báo cáo',
      'Số liệu',
      'Tiến độ nhiệm vụ',
      'Kết quả',
      'Khó khăn, vướng mắc',
      'Đề xuất, kiến nghị',
    ]);
    for (const sheet of sheets) {
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 5 });
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 9,
        orientation: 'landscape',
        fitToWidth: 1,
        printTitlesRow: '5:5',
      });
    }
    const [standing, figures, , , obstacles] = sheets as [
      Worksheet,
      Worksheet,
      Worksheet,
      Worksheet,
      Worksheet,
    ];
    const row = (sheet: Worksheet, number: number) => (sheet.getRow(number).values as unknown[]).slice(1);
    expect(row(standing, 6).slice(0, 4)).toEqual([
      1,
      'Sở Tài chính',
      'Đúng hạn',
      new Date('2026-05-18T09:05:00Z'),
    ]);
    expect(row(standing, 9).slice(0, 3)).toEqual([4, 'Sở Y tế', 'Chưa gửi']);
    expect(standing.getCell('C12').value).toMatchObject({ formula: 'COUNTIF(C6:C9,"Chưa gửi")', result: 1 });
    expect(row(figures, 8)).toEqual([3, 'Sở Xây dựng', 'Chưa xác định', 10, 'Chưa xác định']);
    expect(row(figures, 9).slice(1)).toEqual([
      'Tổng số',
      expect.objectContaining({ formula: 'SUM(C6:C8)', result: 0.3 }),
      'Không cộng',
      'Chưa xác định',
    ]);
    // A text that looks like a formula stays a text.
    expect(row(obstacles, 8)).toEqual([3, 'Sở Xây dựng', '=SUM(A1) chưa rõ đầu mối']);
    expect(standing.getCell('B6').font).toMatchObject({ name: 'Times New Roman' });
  });

  it('of a time before the duty was registered here says that nothing is known', async () => {
    reports.lab.clock.set('2026-04-20');
    const duty = await reports.newDuty({ startsOn: '2026-03-20' });
    const [, old] = await reports.periodsOf(duty);
    const { bytes } = await reports.lab.send(`/v1/duties/${duty.id}/periods/${old!.id}/consolidation.docx`);
    const { value: text } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    expect(text).toContain('tình hình gửi báo cáo của kỳ này: chưa xác định');
    expect(text).not.toContain('0/2');
  });
});
