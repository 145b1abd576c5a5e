import type { ConnectionState, DatabaseKind, SharingScope, SystemKind, UseState } from '#libs/contracts';
import { LIFECYCLE_WORDS, UNKNOWN } from '../consolidation/words.js';

export { LIFECYCLE_WORDS, UNKNOWN };

export const DATABASE_KIND_WORDS: Readonly<Record<DatabaseKind, string>> = {
  national: 'CSDL quốc gia',
  sector: 'CSDL chuyên ngành',
  provincial: 'CSDL của tỉnh',
};

export const SYSTEM_KIND_WORDS: Readonly<Record<SystemKind, string>> = {
  'information-system': 'Hệ thống thông tin',
  platform: 'Nền tảng',
  portal: 'Cổng, trang thông tin điện tử',
  application: 'Phần mềm, ứng dụng',
  'operations-centre': 'Trung tâm điều hành',
  infrastructure: 'Hạ tầng dùng chung',
};

export const USE_WORDS: Readonly<Record<UseState, string>> = {
  'not-determined': UNKNOWN,
  'not-used': 'Chưa sử dụng',
  connecting: 'Đang kết nối',
  'in-use': 'Đang sử dụng',
  'partly-used': 'Sử dụng một phần',
  suspended: 'Tạm dừng sử dụng',
  'no-longer-used': 'Không còn sử dụng',
};

export const SHARING_WORDS: Readonly<Record<SharingScope, string>> = {
  'national-group-a': 'Quốc gia nhóm A',
  'national-group-b': 'Quốc gia nhóm B',
  ministry: 'Bộ, ngành',
  province: 'Tỉnh',
  internal: 'Nội bộ',
  private: 'Riêng, đặc thù',
};

export const CONNECTION_WORDS: Readonly<Record<ConnectionState, string>> = {
  'not-connected': 'Chưa kết nối',
  planned: 'Dự kiến',
  trial: 'Thử nghiệm',
  'in-use': 'Đang sử dụng',
  upgrading: 'Đang nâng cấp',
  ended: 'Đã chấm dứt',
};

/** Own side of a connection. */
export const SIDE_WORDS = { database: 'Cơ sở dữ liệu', system: 'Hệ thống thông tin' } as const;

/** Other side of a connection. */
export const TARGET_WORDS = { database: 'Cơ sở dữ liệu', platform: 'Nền tảng' } as const;
