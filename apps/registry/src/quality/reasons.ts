import {
  type AspectStanding,
  type CriterionStanding,
  type QualityAspect,
  type QualityCriterion,
  type QualityFacts,
  type UpdateFrequency,
} from '#libs/contracts';
import type { Texts } from '#libs/http';

/** Words of the six criteria. */
export const CRITERION_NAMES: Readonly<Record<QualityCriterion, Texts>> = {
  accurate: { vi: 'Đúng', en: 'Accurate' },
  complete: { vi: 'Đủ', en: 'Complete' },
  clean: { vi: 'Sạch', en: 'Clean' },
  live: { vi: 'Sống', en: 'Live' },
  unified: { vi: 'Thống nhất', en: 'Unified' },
  shared: { vi: 'Dùng chung', en: 'Shared' },
};

const FREQUENCY_NAMES: Readonly<Record<UpdateFrequency, Texts>> = {
  continuous: { vi: 'liên tục', en: 'continuous' },
  hourly: { vi: 'hằng giờ', en: 'hourly' },
  daily: { vi: 'hằng ngày', en: 'daily' },
  weekly: { vi: 'hằng tuần', en: 'weekly' },
  monthly: { vi: 'hằng tháng', en: 'monthly' },
  quarterly: { vi: 'hằng quý', en: 'quarterly' },
  'half-yearly': { vi: '6 tháng một lần', en: 'half-yearly' },
  yearly: { vi: 'hằng năm', en: 'yearly' },
  irregular: { vi: 'không định kỳ', en: 'irregular' },
};

const NO_CHECK: Texts = { vi: 'Chưa có kết quả kiểm tra.', en: 'No check was recorded.' };

/** Why a criterion stands as it does, in whole sentences with the figures. */
export function reasonOf({ aspects }: CriterionStanding, facts: QualityFacts): Texts {
  const reasons = aspects.map((standing) =>
    isUnchecked(standing, facts) ? NO_CHECK : TEXTS[standing.aspect](standing, facts),
  );
  const inOne = (language: keyof Texts) => [...new Set(reasons.map((texts) => texts[language]))].join(' ');
  return { vi: inOne('vi'), en: inOne('en') };
}

const OF_A_CHECK: ReadonlySet<QualityAspect> = new Set([
  'valid-values',
  'mandatory-fields',
  'unique-records',
  'expected-records',
]);

function isUnchecked({ aspect }: AspectStanding, { quality }: QualityFacts): boolean {
  return OF_A_CHECK.has(aspect) && !quality.check;
}

type Say = (standing: AspectStanding, facts: QualityFacts) => Texts;

const TEXTS: Readonly<Record<QualityAspect, Say>> = {
  'valid-values': orUnknown(
    (figures) => ({
      vi: `${figures.count} trên ${figures.of} giá trị sai kiểu hoặc sai quy cách; cho phép ${figures.limit.vi}.`,
      en: `${figures.count} of ${figures.of} values break their type or pattern; ${figures.limit.en} may.`,
    }),
    { vi: 'Lần kiểm tra không đối chiếu giá trị.', en: 'The check compared no values.' },
  ),
  'mandatory-fields': orUnknown(
    (figures) => ({
      vi: `${figures.count} trên ${figures.of} vị trí bắt buộc để trống; cho phép ${figures.limit.vi}.`,
      en: `${figures.count} of ${figures.of} mandatory places are empty; ${figures.limit.en} may.`,
    }),
    {
      vi: 'Chưa khai báo trường bắt buộc, hoặc lần kiểm tra không có đủ các trường đó.',
      en: 'Mandatory fields are not declared, or the check did not look at all of them.',
    },
  ),
  'expected-records': orUnknown(
    (figures) => ({
      vi: `Có ${figures.count} trên ${figures.of} bản ghi dự kiến; cần ${figures.limit.vi}.`,
      en: `${figures.count} of ${figures.of} expected records are there; ${figures.limit.en} must be.`,
    }),
    { vi: 'Chưa khai báo số bản ghi dự kiến.', en: 'The expected number of records is not declared.' },
  ),
  'unique-records': orUnknown(
    (figures) => ({
      vi: `${figures.count} trên ${figures.of} bản ghi trùng khóa; cho phép ${figures.limit.vi}.`,
      en: `${figures.count} of ${figures.of} records repeat a key; ${figures.limit.en} may.`,
    }),
    { vi: 'Lần kiểm tra không đếm bản ghi trùng.', en: 'The check did not count duplicates.' },
  ),
  'known-codes': orUnknown(
    (figures) => ({
      vi: `${figures.count} trên ${figures.of} mã không có trong danh mục mã; cho phép ${figures.limit.vi}.`,
      en: `${figures.count} of ${figures.of} codes are not in their list; ${figures.limit.en} may.`,
    }),
    { vi: 'Chưa có mã nào để đối chiếu.', en: 'There were no codes to compare.' },
  ),
  'updated-in-time': updatedInTime,
  'mapped-fields': mappedFields,
  'open-service': openService,
};

interface Said {
  count: string;
  of: string;
  limit: Texts;
}

function orUnknown(say: (figures: Said) => Texts, unknown: Texts): Say {
  return ({ count, of, limit }) => {
    if (count === null || of === null || limit === null || of === 0) return unknown;
    return say({ count: number(count), of: number(of), limit: percent(limit) });
  };
}

const SAY_MAPPED = orUnknown(
  (figures) => ({
    vi: `${figures.count} trên ${figures.of} trường đã ánh xạ vào từ điển dùng chung; cần ${figures.limit.vi}.`,
    en: `${figures.count} of ${figures.of} fields are mapped to the shared dictionary; ${figures.limit.en} must be.`,
  }),
  { vi: 'Chưa khai báo trường dữ liệu.', en: 'Its fields are not declared.' },
);

function mappedFields(standing: AspectStanding, facts: QualityFacts): Texts {
  const { vi, en } = SAY_MAPPED(standing, facts);
  const { mapping } = facts.quality;
  if (mapping === null || mapping.fields === 0) return { vi, en };
  const version = mapping.dictionaryVersion;
  return version === null
    ? {
        vi: `${vi} Chưa theo phiên bản từ điển nào đã công bố.`,
        en: `${en} No published version of it is named.`,
      }
    : { vi: `${vi} Phiên bản từ điển: ${version}.`, en: `${en} Version of the dictionary: ${version}.` };
}

function updatedInTime({ state, lateAt }: AspectStanding, { quality }: QualityFacts): Texts {
  const frequency = quality.freshness.frequency;
  const last = quality.lastUpdateAt;
  if (frequency === null)
    return { vi: 'Chưa khai báo tần suất cập nhật.', en: 'No frequency of updates is declared.' };
  const declared = FREQUENCY_NAMES[frequency];
  const said = {
    vi: `Tần suất khai báo: ${declared.vi}.`,
    en: `Declared frequency: ${declared.en}.`,
  };
  if (last === null)
    return {
      vi: `${said.vi} Chưa ghi nhận lần cập nhật nào.`,
      en: `${said.en} No arrival of data is known.`,
    };
  said.vi += ` Cập nhật gần nhất: ${localTime(last)}.`;
  said.en += ` Last update: ${last}.`;
  if (lateAt === null || state === 'not-determined') return said;
  return state === 'attained'
    ? {
        vi: `${said.vi} Quá hạn nếu đến ${localTime(lateAt)} chưa có dữ liệu mới.`,
        en: `${said.en} Late from ${lateAt}.`,
      }
    : { vi: `${said.vi} Quá hạn cập nhật từ ${localTime(lateAt)}.`, en: `${said.en} Late since ${lateAt}.` };
}

function openService({ count, state }: AspectStanding): Texts {
  if (state === 'attained')
    return {
      vi: `Có ${number(count ?? 0)} dịch vụ chia sẻ đang mở.`,
      en: `${number(count ?? 0)} sharing services are open.`,
    };
  return state === 'not-attained'
    ? {
        vi: 'Đang vận hành nhưng chưa mở dịch vụ chia sẻ nào.',
        en: 'It serves, and has no open sharing service.',
      }
    : { vi: 'Chưa vận hành, chưa xét chia sẻ.', en: 'It does not serve yet: sharing is not judged.' };
}

const COUNT = new Intl.NumberFormat('vi-VN');
const PERCENT = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 2 }),
};

function number(value: number): string {
  return COUNT.format(value);
}

function percent(tenThousandths: number): Texts {
  const share = tenThousandths / 100;
  return { vi: `${PERCENT.vi.format(share)} %`, en: `${PERCENT.en.format(share)} %` };
}

const LOCAL = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** "14:05 22/11/2026" */
function localTime(instant: string): string {
  return LOCAL.format(Date.parse(instant));
}
