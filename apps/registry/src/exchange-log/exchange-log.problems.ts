import { defineProblems } from '#libs/contracts';

/** Refusals of the exchange log. */
export const exchangeLogProblem = defineProblems({
  'exchange-log-unsigned': {
    status: 409,
    vi: {
      title: 'Nhật ký chưa được ký',
      detail:
        'Máy chủ này không có khóa ký của nhật ký trao đổi. Báo quản trị viên đặt khóa vào EXCHANGE_LOG_KEYS_DIR.',
    },
    en: {
      title: 'Log not signed',
      detail:
        'This server has no key of the exchange log. Ask the administrator to put one into EXCHANGE_LOG_KEYS_DIR.',
    },
  },
  'record-not-signed-yet': {
    status: 409,
    vi: { title: 'Chưa có chữ ký', detail: 'Bản ghi {sequence} chưa được ký. Thử lại sau vài giây.' },
    en: {
      title: 'Not signed yet',
      detail: 'Record {sequence} is not signed yet. Try again in a few seconds.',
    },
  },
  'record-archived': {
    status: 410,
    vi: { title: 'Đã lưu trữ', detail: 'Bản ghi {sequence} đã chuyển sang tệp lưu trữ {file}.' },
    en: { title: 'Archived', detail: 'Record {sequence} was moved to the archive file {file}.' },
  },
  'message-not-in-record': {
    status: 404,
    vi: { title: 'Không có thông điệp', detail: 'Bản ghi {sequence} không có thông điệp {message}.' },
    en: { title: 'No such message', detail: 'Record {sequence} does not have the message {message}.' },
  },
});
