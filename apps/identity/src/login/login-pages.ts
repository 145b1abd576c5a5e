import type { Scope } from '#libs/contracts';
import { LONGEST_PASSWORD, type PasswordFault, SHORTEST_PASSWORD } from '../people/passwords.js';
import { alert, both, escapeHtml, page, type Wording } from './page.js';

export interface LoginPage {
  uid: string;
  clientName: string;
  username: string;
  error: Wording | null;
}

export const WRONG: Wording = {
  vi: 'Tên đăng nhập hoặc mật khẩu không đúng.',
  en: 'The username or the password is wrong.',
};

/** The same for names that nobody has. */
export function locked(minutes: number): Wording {
  return {
    vi: `Đăng nhập sai nhiều lần. Thử lại sau ${String(minutes)} phút.`,
    en: `Too many failed attempts. Try again in ${String(minutes)} minute(s).`,
  };
}

export function loginPage({ uid, clientName, username, error }: LoginPage): string {
  const described = error ? ' aria-invalid="true" aria-describedby="error"' : '';
  const focus = username === '' ? ['autofocus', ''] : ['', 'autofocus'];
  return page(
    { vi: 'Đăng nhập', en: 'Log in' },
    `${error ? alert(error) : ''}
<p>${both({ vi: `Để tiếp tục vào ${clientName}`, en: `To go on to ${clientName}` })}</p>
<form method="post" action="/interaction/${escapeHtml(uid)}/login">
<label for="username">${both({ vi: 'Tên đăng nhập', en: 'Username' })}</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described} ${focus[0] ?? ''}>
<label for="password">${both({ vi: 'Mật khẩu', en: 'Password' })}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described} ${focus[1] ?? ''}>
<button type="submit">${both({ vi: 'Đăng nhập', en: 'Log in' })}</button>
</form>
${cancelForm(uid)}
<p><a href="/interaction/${escapeHtml(uid)}/password">${both({ vi: 'Đổi mật khẩu', en: 'Change the password' })}</a></p>`,
  );
}

export interface PasswordPage {
  uid: string;
  username: string;
  error: Wording | null;
  /** Set when the person cannot go on without. */
  reason: Wording | null;
}

export const TEMPORARY: Wording = {
  vi: 'Mật khẩu hiện tại do quản trị viên cấp. Chọn mật khẩu mới của riêng bạn để tiếp tục.',
  en: 'Your present password was given to you by an administrator. Choose one of your own to go on.',
};

export const PASSWORD_FAULTS: Readonly<Record<PasswordFault | 'differs' | 'same', Wording>> = {
  'too-short': {
    vi: `Mật khẩu mới phải có ít nhất ${String(SHORTEST_PASSWORD)} ký tự.`,
    en: `The new password must have at least ${String(SHORTEST_PASSWORD)} characters.`,
  },
  'too-long': {
    vi: `Mật khẩu mới không được quá ${String(LONGEST_PASSWORD)} ký tự.`,
    en: `The new password must have at most ${String(LONGEST_PASSWORD)} characters.`,
  },
  'has-username': {
    vi: 'Mật khẩu mới không được chứa tên đăng nhập.',
    en: 'The new password must not contain the username.',
  },
  differs: {
    vi: 'Hai lần nhập mật khẩu mới không giống nhau.',
    en: 'The new password was not typed the same twice.',
  },
  same: {
    vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
    en: 'The new password must differ from the present one.',
  },
};

export function passwordPage({ uid, username, error, reason }: PasswordPage): string {
  const described = error ? ' aria-invalid="true" aria-describedby="error"' : '';
  const field = (name: string, label: Wording, autocomplete: string): string =>
    `<label for="${name}">${both(label)}</label>
<input id="${name}" name="${name}" type="password" autocomplete="${autocomplete}" required${described}>`;
  return page(
    { vi: 'Đổi mật khẩu', en: 'Change the password' },
    `${error ? alert(error) : ''}
${reason ? `<p>${both(reason)}</p>` : ''}
<form method="post" action="/interaction/${escapeHtml(uid)}/password">
<label for="username">${both({ vi: 'Tên đăng nhập', en: 'Username' })}</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${described}>
${field('password', { vi: 'Mật khẩu hiện tại', en: 'Present password' }, 'current-password')}
${field('new-password', { vi: `Mật khẩu mới, ít nhất ${String(SHORTEST_PASSWORD)} ký tự`, en: `New password, at least ${String(SHORTEST_PASSWORD)} characters` }, 'new-password')}
${field('repeated', { vi: 'Nhập lại mật khẩu mới', en: 'The new password again' }, 'new-password')}
<button type="submit">${both({ vi: 'Đổi mật khẩu và tiếp tục', en: 'Change it and go on' })}</button>
</form>
${cancelForm(uid)}`,
  );
}

export function consentPage(uid: string, clientName: string, scopes: readonly Scope[]): string {
  const wishes = scopes
    .map((scope) => `<li>${both(SCOPE_TEXTS[scope])} <code>${scope}</code></li>`)
    .join('\n');
  return page(
    { vi: 'Cho phép ứng dụng?', en: 'Allow the application?' },
    `<p>${both({ vi: `${clientName} muốn thay mặt bạn:`, en: `${clientName} wants to act for you:` })}</p>
<ul>
<li>${both({ vi: 'Biết tên đăng nhập và cơ quan của bạn', en: 'Know your username and agency' })}</li>
${wishes}
</ul>
<form method="post" action="/interaction/${escapeHtml(uid)}/consent">
<button type="submit">${both({ vi: 'Cho phép', en: 'Allow' })}</button>
</form>
${cancelForm(uid)}`,
  );
}

function cancelForm(uid: string): string {
  return `<form method="post" action="/interaction/${escapeHtml(uid)}/cancel">
<button type="submit" class="second">${both({ vi: 'Hủy', en: 'Cancel' })}</button>
</form>`;
}

const SCOPE_TEXTS: Readonly<Record<Scope, Wording>> = {
  'tasks:read': { vi: 'Xem nhiệm vụ', en: 'See tasks' },
  'tasks:write': { vi: 'Báo cáo tiến độ, cập nhật nhiệm vụ', en: 'Report on and change tasks' },
  'tasks:assign': { vi: 'Giao nhiệm vụ, gia hạn, đôn đốc', en: 'Assign, extend and urge tasks' },
  'budget:read': { vi: 'Xem kinh phí, dự án', en: 'See money and projects' },
  'budget:write': { vi: 'Cập nhật kinh phí, dự án', en: 'Change money and projects' },
  'budget:appraise': { vi: 'Thẩm định kinh phí', en: 'Appraise money' },
  'budget:approve': { vi: 'Phê duyệt, phân bổ kinh phí', en: 'Approve and allocate money' },
  'registry:read': { vi: 'Xem danh mục cơ sở dữ liệu', en: 'See the catalogue of databases' },
  'registry:write': { vi: 'Cập nhật danh mục cơ sở dữ liệu', en: 'Change the catalogue of databases' },
  'sharing:request': { vi: 'Yêu cầu chia sẻ dữ liệu', en: 'Request data sharing' },
  'sharing:decide': { vi: 'Quyết định chia sẻ dữ liệu', en: 'Decide on data sharing' },
  'staffing:read': { vi: 'Xem nhân lực công nghệ thông tin', en: 'See IT staff' },
  'staffing:write': { vi: 'Cập nhật nhân lực công nghệ thông tin', en: 'Change IT staff' },
  'ioc:read': {
    vi: 'Xem bức tranh chung của Trung tâm điều hành',
    en: 'See the picture of the operations centre',
  },
  'ioc:display': {
    vi: 'Hiển thị trên màn hình Trung tâm điều hành',
    en: 'Show on the wall of the operations centre',
  },
  admin: { vi: 'Quản trị hệ thống', en: 'Administer the system' },
};
