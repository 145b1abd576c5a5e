import { describe, expect, it } from '@jest/globals';
import { type ServiceHealth, TRAINING_PLAN_FINISHED } from '#libs/contracts';
import {
  formatChange,
  formatDaysLeft,
  formatHealth,
  formatInOperation,
  formatLeads,
  sharingAlarm,
  shortAgencyName,
} from './words.js';

const lead = (name: string) => ({ code: null, name });

describe('words of the wall', () => {
  it.each([
    ['Sở Khoa học và Công nghệ', 'Sở KH&CN'],
    ['Văn phòng UBND tỉnh', 'VP UBND tỉnh'],
    ['Ban Quản lý Dự án Phát triển tỉnh', 'BQL Dự án Phát triển'],
    ['Viện Kiểm sát nhân dân tỉnh', 'VKSND tỉnh'],
    ['Tòa án nhân dân tỉnh', 'TAND tỉnh'],
    ['Sở Giáo dục và Đào tạo', 'Sở GD&ĐT'],
    ['Công an tỉnh', 'Công an tỉnh'],
  ])('shortens %s to %s', (name, short) => {
    expect(shortAgencyName(name)).toBe(short);
  });

  it('names one lead, two co-leads, and counts more', () => {
    expect(formatLeads([lead('Sở Nội vụ')])).toBe('Sở Nội vụ');
    expect(formatLeads([lead('Sở Khoa học và Công nghệ'), lead('Sở Tài chính')])).toBe(
      'Sở KH&CN, Sở Tài chính',
    );
    expect(formatLeads(['Sở Nội vụ', 'Sở Y tế', 'Sở Tư pháp'].map(lead))).toBe('Sở Nội vụ và 2 cơ quan');
    expect(formatLeads([])).toBe('Chưa xác định cơ quan chủ trì');
  });

  it.each([
    [12, 'quá hạn 12 ngày'],
    [0, 'hạn hôm nay'],
    [-8, 'còn 8 ngày'],
  ])('says of a task %d days late: %s', (daysLate, text) => {
    expect(formatDaysLeft({ daysLate })).toBe(text);
  });

  it('says what happened, also when the wall does not know the event', () => {
    expect(formatChange({ service: 'tasks', type: 'vn.ioc.tasks.task.completed.v1' })).toBe('Hoàn thành');
    expect(formatChange({ service: 'registry', type: 'vn.ioc.registry.database.lifecycle-changed.v2' })).toBe(
      'CSDL chuyển giai đoạn',
    );
    expect(formatChange({ service: 'staffing', type: TRAINING_PLAN_FINISHED })).toBe('Hoàn thành tập huấn');
    expect(formatChange({ service: 'budget', type: 'vn.ioc.budget.item.audited.v1' })).toBe(
      'Kinh phí cập nhật',
    );
    expect(formatChange({ service: 'budget', type: '' })).toBe('Kinh phí cập nhật');
  });

  it('tells none in operation from nobody having said', () => {
    expect(formatInOperation({ total: 19, byLifecycle: { 'in-operation': 6 } })).toBe('6 đang vận hành');
    expect(formatInOperation({ total: 2, byLifecycle: { planned: 2 } })).toBe('0 đang vận hành');
    expect(formatInOperation({ total: 2, byLifecycle: { 'not-determined': 2 } })).toBe(
      'Chưa xác định giai đoạn',
    );
    expect(formatInOperation({ total: 0, byLifecycle: {} })).toBe('0 đang vận hành');
  });

  it('says what is worst about data sharing', () => {
    const well = {
      sourceTime: null,
      datasets: 26,
      requests: { open: 2, late: 0, answeredInTime: 9, grantedInPart: 0, refused: 1 },
      grants: { active: 8, openingLate: 0, ofClosedDatasets: 0, byAgency: [] },
      exchanges: { lastHour: 412, today: 5_208 },
      deniedToday: 0,
      chain: { verifiedAt: null, ok: null },
      matrix: [],
    };
    expect(sharingAlarm(well)).toBeNull();
    const denied = { ...well, deniedToday: 1_234 };
    expect(sharingAlarm(denied)).toMatchObject({ tone: 'due-soon', words: '1.234 truy cập bị chặn' });
    const unopened = { ...denied, grants: { ...well.grants, openingLate: 2 } };
    expect(sharingAlarm(unopened)).toMatchObject({ tone: 'overdue', words: '2 chậm cấp tài khoản' });
    const late = { ...unopened, requests: { ...well.requests, late: 3 } };
    expect(sharingAlarm(late)).toMatchObject({ tone: 'overdue', words: '3 chậm trả lời chia sẻ' });
    expect(sharingAlarm({ ...late, chain: { verifiedAt: null, ok: false } })).toMatchObject({
      tone: 'overdue',
      words: 'nhật ký chia sẻ bị sửa',
    });
  });

  it.each([
    [['ok', 'ok'], 2, 'thông suốt'],
    [['ok', 'behind'], 1, '1 chậm'],
    [['behind', 'down'], 0, '1 gián đoạn'],
    [['down', 'down'], 0, '2 gián đoạn'],
  ] as const)('sums up services that are %j', (states, healthy, words) => {
    const services: ServiceHealth[] = states.map((state) => ({
      service: 'tasks',
      lastEventAt: null,
      lag: 0,
      state,
    }));
    expect(formatHealth(services)).toEqual({ healthy, total: states.length, words });
  });
});
