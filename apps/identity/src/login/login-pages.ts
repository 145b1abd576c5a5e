import type { Scope } from '#libs/contracts';
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
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required${described} ${focus[0] ?? ''}>
<label for="password">${both({ vi: 'Mật khẩu', en: 'Password' })}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required${described} ${focus[1] ?? ''}>
<button type="submit">${both({ vi: 'Đăng nhập', en: 'Log in' })}</button>
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
