import { unzip } from '@cj-tech-master/excelts/archive';
import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import { AdministrativeDocument } from './administrative-document.js';
import { issuerOf } from './issuer.js';

const reference = loadReferenceData();

async function write(orientation: 'portrait' | 'landscape', agency: string): Promise<string> {
  const form = await AdministrativeDocument.begin(orientation);
  const issuer = issuerOf({ code: agency, name: reference.agency(agency)?.name ?? '' }, reference);
  const packed = await form.pack('Báo cáo', [
    form.head(issuer, 'BC', reference.province.name, '2026'),
    ...form.title('BÁO CÁO', ['Tiến độ']),
    form.table([2, 4], ['STT', 'Nội dung'], [['1', 'Dòng một\nDòng hai']]),
    form.foot(['Lưu: VT.'], issuer.signer),
  ]);
  const xml = await unzip(packed).bytes('word/document.xml');
  return new TextDecoder().decode(xml ?? undefined);
}

/** Width, height and left margin of the page, in twentieths of a point. */
function pageOf(xml: string): number[] {
  const number = (pattern: RegExp) => Number(pattern.exec(xml)?.[1]);
  return [
    number(/<w:pgSz w:w="(\d+)"/),
    number(/<w:pgSz [^>]*w:h="(\d+)"/),
    number(/w:left="(\d+)" w:header/),
  ];
}

describe('an administrative document', () => {
  it('is A4 with the margins of the decree, upright or lying', async () => {
    const [upright, lying] = [await write('portrait', 'SKHCN'), await write('landscape', 'SKHCN')];
    expect(pageOf(upright)).toEqual([11907, 16840, 1701]);
    expect(pageOf(lying)).toEqual([16840, 11907, 1701]);
    expect(lying).toContain('w:orient="landscape"');
  });

  it('has the national title, the authority above the agency, its abbreviation and the office of who signs', async () => {
    const department = await write('portrait', 'SKHCN');
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA',
      'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
      '/BC-SKHCN',
      'GIÁM ĐỐC',
      'Dòng hai',
    ])
      expect(department).toContain(words);
    const committee = await write('portrait', '22333');
    expect(committee).toContain('CHỦ TỊCH');
    expect(committee).not.toContain('ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA');
  });
});
