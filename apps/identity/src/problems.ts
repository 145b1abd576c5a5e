import { defineProblems } from '#libs/contracts';

/** Problems of this process's own, beside those of libs/contracts. */
export const identityProblem = defineProblems({
  'client-id-taken': {
    status: 409,
    vi: { title: 'Mã ứng dụng đã có', detail: 'Mã ứng dụng "{id}" đã được dùng. Chọn mã khác.' },
    en: { title: 'Client id taken', detail: 'The client id "{id}" is in use. Choose another one.' },
  },
  'client-has-no-secret': {
    status: 409,
    vi: { title: 'Ứng dụng không có mã bí mật', detail: 'Ứng dụng loại {kind} không dùng mã bí mật.' },
    en: { title: 'Client has no secret', detail: 'A client of kind {kind} has no secret.' },
  },
  'username-taken': {
    status: 409,
    vi: { title: 'Tên đăng nhập đã có', detail: 'Tên đăng nhập "{username}" đã được dùng. Chọn tên khác.' },
    en: { title: 'Username taken', detail: 'The username "{username}" is in use. Choose another one.' },
  },
  'last-administrator': {
    status: 409,
    vi: {
      title: 'Quản trị viên cuối cùng',
      detail: 'Đây là người cuối cùng còn quyền quản trị. Giao quyền cho người khác trước.',
    },
    en: {
      title: 'Last administrator',
      detail: 'This is the last person with the scope admin. Give it to another one first.',
    },
  },
});
