import { defineProblems } from '#libs/contracts';

/** Refusals of staffing. */
export const staffingProblem = defineProblems({
  'step-not-allowed': {
    status: 409,
    vi: {
      title: 'Không thực hiện được ở trạng thái này',
      detail: 'Kế hoạch đang ở trạng thái "{state}"; chỉ thực hiện được khi ở trạng thái: {allowed}.',
    },
    en: {
      title: 'Not possible in this state',
      detail: 'The plan is in the state "{state}"; this is possible only in: {allowed}.',
    },
  },
  'unit-not-in-plan': {
    status: 409,
    vi: {
      title: 'Đơn vị không thuộc kế hoạch',
      detail: 'Kế hoạch không có đơn vị mã "{unit}". Bổ sung đơn vị vào kế hoạch trước.',
    },
    en: {
      title: 'Unit not in the plan',
      detail: 'The plan has no unit with the code "{unit}". Add the unit to the plan first.',
    },
  },
  'unit-has-attended': {
    status: 409,
    vi: {
      title: 'Đơn vị đã tham gia',
      detail: 'Đơn vị "{unit}" đã có số liệu tham gia tập huấn, không thể đưa ra khỏi kế hoạch.',
    },
    en: {
      title: 'Unit has attended',
      detail: 'Attendance of the unit "{unit}" has been reported; it stays in the plan.',
    },
  },
  'session-held': {
    status: 409,
    vi: {
      title: 'Buổi tập huấn đã tổ chức',
      detail: 'Buổi "{session}" đã tổ chức, không thể đưa ra khỏi kế hoạch.',
    },
    en: { title: 'Session held', detail: 'The session "{session}" was held; it stays in the plan.' },
  },
  'session-not-held': {
    status: 409,
    vi: {
      title: 'Buổi tập huấn chưa tổ chức',
      detail:
        'Cơ quan chủ trì chưa báo ngày tổ chức của buổi này; báo số người tham gia sau khi có ngày tổ chức.',
    },
    en: {
      title: 'Session not held',
      detail: 'The owner has not told on which day this session was held; report attendance after that.',
    },
  },
});
