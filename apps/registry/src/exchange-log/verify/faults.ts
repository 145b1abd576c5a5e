/** What can be wrong with a copy of the log. */
export const FAULTS = {
  unreadable: {
    vi: 'Dòng {line} không đọc được: không phải một dòng của nhật ký, hoặc đã bị sửa.',
    en: 'Line {line} cannot be read: it is no line of a log, or it was altered.',
  },
  'record-altered': {
    vi: 'Bản ghi {sequence} đã bị sửa: nội dung không khớp mã băm.',
    en: 'Record {sequence} was altered: its content does not fit its hash.',
  },
  'records-missing': {
    vi: 'Thiếu bản ghi {sequence} đến {last}.',
    en: 'Records {sequence} to {last} are missing.',
  },
  'record-out-of-order': {
    vi: 'Bản ghi {sequence} đứng sai thứ tự (sau bản ghi {after}).',
    en: 'Record {sequence} stands out of order (behind record {after}).',
  },
  'record-twice': {
    vi: 'Bản ghi {sequence} xuất hiện hai lần.',
    en: 'Record {sequence} stands there twice.',
  },
  'time-goes-back': {
    vi: 'Bản ghi {sequence} ghi thời điểm sớm hơn bản ghi trước nó.',
    en: 'Record {sequence} is dated before the record before it.',
  },
  'rewritten-before-checkpoint': {
    vi: 'Các bản ghi từ {sequence} đến {last} đã bị viết lại: không khớp điểm kiểm tra đã ký tại {last}.',
    en: 'Records {sequence} to {last} were rewritten: they do not fit the signed checkpoint at {last}.',
  },
  'checkpoint-altered': {
    vi: 'Điểm kiểm tra tại bản ghi {sequence} đã bị sửa: chữ ký không đúng.',
    en: 'The checkpoint at record {sequence} was altered: its signature is wrong.',
  },
  'unknown-key': {
    vi: 'Chữ ký tại bản ghi {sequence} là của khóa {key}, không thuộc các khóa được tin cậy.',
    en: 'The signature at record {sequence} is by key {key}, which is none of the trusted keys.',
  },
  'key-not-vouched-for': {
    vi: 'Bản ghi {sequence} đổi sang khóa {key} nhưng không có chữ ký hợp lệ của khóa trước.',
    en: 'Record {sequence} changes to key {key} without a valid signature of the key before.',
  },
  'opening-altered': {
    vi: 'Dòng mở đầu của tệp đã bị sửa: chữ ký không đúng.',
    en: 'The opening line of the file was altered: its signature is wrong.',
  },
  'not-opened': { vi: 'Tệp không có dòng mở đầu.', en: 'The file has no opening line.' },
  'closing-altered': {
    vi: 'Dòng kết thúc của tệp đã bị sửa: chữ ký không đúng.',
    en: 'The closing line of the file was altered: its signature is wrong.',
  },
  'cut-off': {
    vi: 'Tệp bị cắt đuôi: dừng sau bản ghi {sequence}, không có dòng kết thúc.',
    en: 'The end was cut off: the file stops after record {sequence} without its closing line.',
  },
  'lines-after-end': {
    vi: 'Dòng {line} đứng sau dòng kết thúc.',
    en: 'Line {line} stands behind the closing line.',
  },
  'other-log': {
    vi: 'Tệp thuộc nhật ký {log}, không phải nhật ký của tệp trước.',
    en: 'The file is of log {log}, not of that of the file before.',
  },
  'files-do-not-fit': {
    vi: 'Bản ghi {sequence} ở đầu tệp này không nối tiếp bản ghi trước ở tệp kia.',
    en: 'Record {sequence}, with which this file begins, does not follow the one before it in the other file.',
  },
  'head-not-reached': {
    vi: 'Đã biết nhật ký có đến bản ghi {last}, nhưng bản sao chỉ đến trước bản ghi {sequence}.',
    en: 'The log is known to have reached record {last}; the copy ends before record {sequence}.',
  },
  'head-not-covered': {
    vi: 'Bản ghi {sequence} đã biết không có trong các tệp này.',
    en: 'Record {sequence}, which is known, is not in these files.',
  },
  'head-differs': {
    vi: 'Bản ghi {sequence} không phải bản ghi đã biết: nhật ký đã bị viết lại.',
    en: 'Record {sequence} is not the one that is known: the log was rewritten.',
  },
  'not-in-record': {
    vi: 'Thông điệp {message} không có trong bản ghi {sequence}.',
    en: 'Message {message} is not in record {sequence}.',
  },
  'receipt-altered': {
    vi: 'Biên nhận đã bị sửa: bản ghi {sequence} không dẫn đến điểm kiểm tra đã ký.',
    en: 'The receipt was altered: record {sequence} does not lead to the signed checkpoint.',
  },
  'message-differs': {
    vi: 'Nội dung đang giữ không phải nội dung đã gửi trong thông điệp {message}.',
    en: 'The content held is not what was sent in message {message}.',
  },
  'no-digest': {
    vi: 'Bản ghi {sequence} không có mã băm của thông điệp {message}.',
    en: 'Record {sequence} has no digest of message {message}.',
  },
} as const;

export type FaultCode = keyof typeof FAULTS;

export interface Fault {
  code: FaultCode;
  /** Record at which it shows. */
  sequence: number;
  parameters: Readonly<Record<string, string | number>>;
}

export function fault(
  code: FaultCode,
  sequence: number,
  parameters: Record<string, string | number> = {},
): Fault {
  return { code, sequence, parameters: { sequence, ...parameters } };
}

export type Language = 'vi' | 'en';

export function textOf({ code, parameters }: Fault, language: Language): string {
  return FAULTS[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''));
}
