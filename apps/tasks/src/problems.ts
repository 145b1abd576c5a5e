import { defineProblems } from '#libs/contracts';

/** Refusals of the tasks service. */
export const taskProblem = defineProblems({
  'transition-not-allowed': {
    status: 409,
    vi: {
      title: 'Trạng thái không cho phép',
      detail:
        'Nhiệm vụ đang ở trạng thái "{state}" nên không thực hiện được thao tác "{action}". Đọc lại nhiệm vụ.',
    },
    en: {
      title: 'Not in this state',
      detail: 'The task is "{state}", which does not allow "{action}". Read the task again.',
    },
  },
  'directive-exists': {
    status: 409,
    vi: {
      title: 'Văn bản đã có',
      detail:
        'Văn bản số {number} của cơ quan {issuer}, cùng ngày ban hành, đã được ghi nhận. Dùng văn bản đó.',
    },
    en: {
      title: 'Directive exists',
      detail: 'Directive {number} of {issuer} with this date is registered already. Use that one.',
    },
  },
  'own-work': {
    status: 403,
    vi: {
      title: 'Không tự quyết định việc của mình',
      detail:
        'Cơ quan chủ trì (hoặc đã nộp kết quả) không được tự xác nhận, gia hạn, điều chỉnh thời hạn, tạm dừng hay hủy nhiệm vụ đó. Đề nghị cơ quan giao việc khác quyết định.',
    },
    en: {
      title: 'Your own work',
      detail:
        'An agency that leads a task, or handed in its evidence, cannot confirm, extend, correct, suspend or cancel it. Another assigning agency decides.',
    },
  },
  'parts-unfinished': {
    status: 409,
    vi: {
      title: 'Còn nhiệm vụ thành phần chưa xong',
      detail: 'Còn {count} nhiệm vụ thành phần chưa hoàn thành: {titles}. Hoàn thành hoặc hủy trước khi nộp.',
    },
    en: {
      title: 'Parts are unfinished',
      detail: '{count} part(s) of the task are unfinished: {titles}. Complete or cancel them first.',
    },
  },
  'suspended-with-parent': {
    status: 409,
    vi: {
      title: 'Nhiệm vụ cấp trên đang tạm dừng',
      detail: 'Nhiệm vụ cấp trên "{title}" đang tạm dừng. Tiếp tục nhiệm vụ đó trước.',
    },
    en: {
      title: 'The task above is suspended',
      detail: 'The task above, "{title}", is suspended. Resume that one first.',
    },
  },
  'split-too-deep': {
    status: 409,
    vi: {
      title: 'Đã chia quá nhiều cấp',
      detail: 'Nhiệm vụ đã ở cấp {depth}; không chia tiếp quá {max} cấp.',
    },
    en: { title: 'Split too often', detail: 'The task is at level {depth}; there are at most {max} levels.' },
  },
  'parts-due-later': {
    status: 409,
    vi: {
      title: 'Nhiệm vụ thành phần có thời hạn muộn hơn',
      detail: 'Các nhiệm vụ thành phần sau có thời hạn muộn hơn: {titles}. Điều chỉnh chúng trước.',
    },
    en: {
      title: 'Parts are due later',
      detail: 'These parts are due later: {titles}. Correct them first.',
    },
  },
  'no-further-extension': {
    status: 409,
    vi: {
      title: 'Không gia hạn thêm',
      detail:
        '{documentVi} quy định không gia hạn thêm. Chỉ gia hạn được khi có văn bản chỉ đạo mới của cơ quan ban hành cho phép.',
    },
    en: {
      title: 'No further extension',
      detail:
        'The {documentEn} rules out any further extension. Only a new directive of its issuer can allow one.',
    },
  },
  'nothing-to-extend': {
    status: 409,
    vi: { title: 'Không có thời hạn để gia hạn', detail: 'Nhiệm vụ không có thời hạn cụ thể.' },
    en: { title: 'Nothing to extend', detail: 'The task has no due date.' },
  },
  'extension-request-waits': {
    status: 409,
    vi: {
      title: 'Đã có đề nghị gia hạn đang chờ',
      detail: 'Đề nghị gia hạn ngày {askedOn} chưa được trả lời. Chờ trả lời rồi đề nghị tiếp.',
    },
    en: {
      title: 'A request waits',
      detail: 'The request of {askedOn} is not answered yet. Wait for the answer.',
    },
  },
  'extension-request-decided': {
    status: 409,
    vi: { title: 'Đề nghị đã được giải quyết', detail: 'Đề nghị gia hạn này không còn chờ trả lời.' },
    en: { title: 'Request is decided', detail: 'This request no longer waits for an answer.' },
  },
  'extendable-already': {
    status: 409,
    vi: { title: 'Nhiệm vụ gia hạn được', detail: 'Nhiệm vụ này không bị cấm gia hạn.' },
    en: { title: 'Extendable already', detail: 'Nothing rules out an extension of this task.' },
  },
});
