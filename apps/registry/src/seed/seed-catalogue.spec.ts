import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import { seedDatabases, seedLists, seedSystems } from './seed-catalogue.js';

const reference = loadReferenceData();
const databases = seedDatabases();
const systems = seedSystems();
const entries = [...databases, ...systems];

describe('the databases and systems that the source documents name', () => {
  it('are 9 databases and 55 systems, no name twice', () => {
    expect([databases.length, systems.length]).toEqual([9, 55]);
    expect(new Set(entries.map(({ name }) => name)).size).toBe(64);
  });

  it.each([
    'Kho dữ liệu dùng chung tỉnh Khánh Hòa',
    'Kho dữ liệu ngành du lịch',
    'Bản đồ dữ liệu kinh tế và đô thị biển',
    'Cơ sở dữ liệu quốc gia về dân cư',
    'Cơ sở dữ liệu ngành khoa học và công nghệ',
    'Nền tảng tích hợp ứng dụng và dịch vụ công nghệ thông tin (LGSP) tỉnh Khánh Hòa',
    'Trung tâm giám sát, điều hành thông minh tỉnh Khánh Hòa (IOC)',
    'Phần mềm quản lý văn bản và điều hành E-Office',
    'Cổng Dữ liệu mở của tỉnh',
    'Ứng dụng Công dân số tỉnh Khánh Hòa',
    'Hệ thống thông tin báo cáo tỉnh Khánh Hòa',
  ])('have %s among them', (name) => {
    expect(entries.map((entry) => entry.name)).toContain(name);
  });

  it.each(entries.map((entry) => [entry.name, entry] as const))(
    '%s: has its source and a known owner or none',
    (_, entry) => {
      expect(entry.source?.document).toMatch(/Khánh Hòa|UBND tỉnh/);
      expect(entry.source?.clause).toMatch(/^(Mục|Phụ lục)/);
      if (entry.owner) expect(reference.agencyByName(entry.owner.name)?.code).toBe(entry.owner.code);
      expect(entry.name).toBe(entry.name.normalize('NFC').trim());
    },
  );

  it('name a document and its day for every life-cycle state but "not determined"', () => {
    for (const { lifecycle, lifecycleOn, lifecycleDocument } of entries) {
      const attested = lifecycle !== 'not-determined';
      expect([lifecycleOn !== null, lifecycleDocument !== null]).toEqual([attested, attested]);
    }
    expect(entries.filter(({ lifecycle }) => lifecycle === 'not-determined')).toHaveLength(13);
  });
});

describe('the lists that the source documents speak of', () => {
  it('are the priority list of Decision 508, with its reports, and the 12 databases to be connected to', () => {
    const [priority, connection] = seedLists();
    expect(priority).toMatchObject({
      purpose: 'priority',
      year: 2026,
      decidedOn: '2026-02-09',
      expected: null,
      reporting: {
        monthlyLastDay: 19,
        from: '2026-03',
        until: null,
        once: { before: '2026-03-12', lastDay: '2026-03-11' },
      },
    });
    expect(priority?.decision).toContain('508/QĐ-UBND');
    expect(connection).toMatchObject({ purpose: 'connection', year: 2026, expected: 12, reporting: null });
    for (const list of [priority, connection]) expect(list?.note).toMatch(/^Nguồn: .*(508|214|ưu tiên).*Mục/);
  });
});
