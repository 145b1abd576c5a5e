import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { foldText } from './fold.js';
import { loadReferenceData, ReferenceFileError } from './index.js';

describe('foldText', () => {
  it.each([
    ['Hoà', 'hoa'],
    ['Hòa', 'hoa'],
    ['HÒA'.normalize('NFD'), 'hoa'],
    ['Đề án  06/CP', 'de an 06 cp'],
    ['thuỷ lợi', 'thuy loi'],
    ['  “Sở, ban, ngành” ', 'so ban nganh'],
  ])('folds %s to %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('built-in reference data', () => {
  const reference = loadReferenceData();

  it('has the 65 commune-level units, each also as an agency by its statistical code', () => {
    expect(reference.communes).toHaveLength(65);
    expect(reference.communes.map((commune) => commune.kind).filter((kind) => kind === 'ward')).toHaveLength(
      16,
    );
    expect(reference.agency('22736')?.name).toBe('UBND đặc khu Trường Sa');
    expect(reference.agencyByName('Ủy ban nhân dân phường Bắc Nha Trang')?.code).toBe('22333');
    expect(reference.commune('22366')?.fullName).toBe('Phường Nha Trang');
  });

  it('never claims an official code that the sources do not give', () => {
    expect(reference.agencies.filter((agency) => agency.officialCode !== null)).toEqual([]);
  });

  it.each([
    ['Sở Khoa học và công nghệ', 'SKHCN'],
    ['Sở KH&CN', 'SKHCN'],
    ['so khoa hoc va cong nghe', 'SKHCN'],
    ['Sở Khoa học và Công nghệ tỉnh Khánh Hoà', 'SKHCN'],
    ['Công an tỉnh Khánh Hoà', 'CAT'],
    ['Văn phòng Ủy ban nhân dân tỉnh', 'VPUBND'],
    ['Uỷ ban nhân dân tỉnh Khánh Hoà', 'UBND'],
    ['BQL Dự án phát triển tỉnh', 'BQLDAPT'],
    ['Toà án tỉnh', 'TAND'],
    ['sở, ban, ngành', 'CSBN'],
    ['các cơ quan liên quan', 'CCQLQ'],
    ['UBND các xã, phường, đặc khu', 'UBNDCX'],
    ['Trường CĐ KTCN Nha Trang', 'CDKTCN'],
    ['Sở TTTT', 'STTTT'],
    ['Sở Không Có', null],
  ])('finds %s as %s', (name, code) => {
    expect(reference.agencyByName(name)?.code ?? null).toBe(code);
  });

  it('knows all lead agencies of the money tables of 2023, and which of them are of that time only', () => {
    const former = [
      'Sở Thông tin và Truyền thông',
      'Sở Du lịch',
      'Trường Đại học Khánh Hòa',
      'Sở Giao thông vận tải',
    ];
    const present = [
      'Sở Y tế',
      'Thanh tra tỉnh',
      'Văn phòng Tỉnh ủy',
      'Tòa án tỉnh',
      'Sở Giáo dục và Đào tạo',
    ];
    expect(former.map((name) => reference.agencyByName(name)?.current)).toEqual([false, false, false, false]);
    expect(present.map((name) => reference.agencyByName(name)?.current)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('tells to which collective addressees an agency belongs', () => {
    const groups = (code: string) => reference.groupsOf(code).map((group) => group.code);
    expect(groups('STC')).toEqual(['CSBN', 'CCQDV']);
    expect(groups('22333')).toEqual(['CDP', 'UBNDCX']);
    expect(groups('STTTT')).toEqual([]);
    expect(groups('BCA')).toEqual([]);
  });
});

describe('an administrator’s reference directory', () => {
  let directory = '';
  const write = (name: string, content: unknown) => {
    directory = mkdtempSync(join(tmpdir(), 'reference-'));
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const agency = (changes: Record<string, unknown> = {}) => ({
    code: 'SKHCN',
    name: 'Sở Khoa học và Công nghệ',
    aliases: [],
    kind: 'department',
    level: 'province',
    officialCode: 'H32.12',
    current: true,
    ...changes,
  });

  afterEach(() => {
    if (directory !== '') rmSync(directory, { recursive: true });
    directory = '';
  });

  it('replaces the files it holds and leaves the others', () => {
    write('agencies.json', { agencies: [agency()] });
    const reference = loadReferenceData(directory);
    expect(reference.agencies.map((entry) => entry.officialCode)).toEqual(['H32.12']);
    expect(reference.communes).toHaveLength(65);
  });

  it.each([
    ['broken JSON', '{', /agencies\.json/],
    ['no entries', { agencies: [] }, /agencies: must be a list with entries/],
    ['an unknown kind', { agencies: [agency({ kind: 'club' })] }, /agencies\[0\]\.kind: must be one of/],
    ['a wrong official code', { agencies: [agency({ officialCode: 'h32' })] }, /agencies\[0\]\.officialCode/],
    ['a missing name', { agencies: [agency({ name: undefined })] }, /agencies\[0\]\.name: must be a text/],
    ['a code twice', { agencies: [agency(), agency()] }, /"SKHCN" occurs twice/],
    [
      'one name for two',
      { agencies: [agency(), agency({ code: 'X', name: 'Sở Khoa học và CÔNG NGHỆ' })] },
      /names two agencies/,
    ],
  ])('refuses %s and says where', (_case, content, message) => {
    write('agencies.json', content);
    const load = () => loadReferenceData(directory);
    expect(load).toThrow(ReferenceFileError);
    expect(load).toThrow(message);
  });

  it('refuses a holiday that is no day of the calendar', () => {
    write('holidays.json', {
      days: [{ date: '2027-02-30', kind: 'off', name: 'Tết', confidence: 'published' }],
    });
    expect(() => loadReferenceData(directory)).toThrow(/days\[0\]\.date: "2027-02-30" is not a day/);
  });

  it('refuses a directory that is not there', () => {
    expect(() => loadReferenceData('/nowhere/reference')).toThrow(/REFERENCE_DIR/);
  });
});
