import type { KoaContextWithOIDC } from 'oidc-provider';
import { alert, both, escapeHtml, page, pageHeaders } from './page.js';

/** Page of a request that cannot go on and has nowhere to return to. */
export function showError(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string }): void {
  ctx.set(pageHeaders());
  ctx.body = errorPage(out.error, out.error_description ?? '');
}

export function errorPage(code: string, detail: string): string {
  return page(
    { vi: 'Không đăng nhập được', en: 'Login is not possible' },
    alert({
      vi: 'Yêu cầu đăng nhập không hợp lệ hoặc đã hết hạn. Quay lại ứng dụng và đăng nhập lại từ đầu.',
      en: 'The login request is not valid or has expired. Go back to the application and log in again from the start.',
    }) + `<p><code>${escapeHtml(code)}</code> <span lang="en">${escapeHtml(detail)}</span></p>`,
  );
}

/** @param form the library's form with its protection against requests from elsewhere; the buttons belong to it */
export function showLogout(ctx: KoaContextWithOIDC, form: string): void {
  const goesOnTo = ctx.oidc.params?.['post_logout_redirect_uri'];
  ctx.set(pageHeaders(typeof goesOnTo === 'string' ? goesOnTo : undefined));
  ctx.body = page(
    { vi: 'Đăng xuất?', en: 'Log out?' },
    `${form}
<p>${both({ vi: 'Bạn sẽ rời khỏi mọi ứng dụng đã đăng nhập trên trình duyệt này.', en: 'You leave every application you logged in to with this browser.' })}</p>
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${both({ vi: 'Đăng xuất', en: 'Log out' })}</button>
<button type="submit" form="op.logoutForm" class="second">${both({ vi: 'Ở lại', en: 'Stay' })}</button>`,
  );
}

export function showLoggedOut(ctx: KoaContextWithOIDC): void {
  ctx.set(pageHeaders());
  ctx.body = page(
    { vi: 'Đã đăng xuất', en: 'Logged out' },
    `<p>${both({ vi: 'Bạn có thể đóng trang này.', en: 'You can close this page.' })}</p>`,
  );
}
