import { createHash } from 'node:crypto';

const STYLE = `
:root{color-scheme:light;font-family:system-ui,"Be Vietnam Pro","Segoe UI",Roboto,sans-serif;line-height:1.5;color:#14213d;background:#eef2f7}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;box-sizing:border-box}
main{background:#fff;width:100%;max-width:26rem;box-sizing:border-box;padding:2rem;border-radius:.75rem;border:1px solid #cfd8e3}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}
h1 [lang=en],label [lang=en],p [lang=en],li [lang=en]{display:block;font-size:.875em;font-weight:400;color:#4a5872}
label{display:block;font-weight:600;margin-top:1rem}
input{font:inherit;width:100%;box-sizing:border-box;padding:.625rem;border:1px solid #6b7a90;border-radius:.375rem;margin-top:.25rem}
button{font:inherit;font-weight:600;width:100%;padding:.75rem;margin-top:1.5rem;border:1px solid #0b4f9e;border-radius:.375rem;background:#0b4f9e;color:#fff;cursor:pointer}
button [lang=en]{display:block;font-size:.8125em;font-weight:400}
button.second{background:#fff;color:#0b4f9e;margin-top:.75rem}
:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
.error{border-left:4px solid #b42318;background:#fef3f2;color:#7a1610;padding:.75rem;margin:0 0 1rem}
.error [lang=en]{color:#7a1610}
ul{padding-left:1.25rem}
`;

/** Policy of every page: nothing from elsewhere, nothing runs, nobody frames it. */
function contentSecurityPolicy(formAction: string | null): string {
  const style = createHash('sha256').update(STYLE).digest('base64');
  return [
    "default-src 'none'",
    // The library adds the hashes of the small scripts with which it sends a form on.
    "script-src 'self'",
    `style-src 'sha256-${style}'`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(formAction === null ? [] : [`form-action ${formAction}`]),
  ].join('; ');
}

/** Headers of every answer of the protocol. */
export const PAGE_POLICY = {
  'content-security-policy': contentSecurityPolicy(null),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * Headers of a page with a form. Browsers apply `form-action` to the redirects after the form too, so that the address
 * people go on to has to be in it.
 */
export function pageHeaders(goesOnTo?: string): Record<string, string> {
  const target = goesOnTo === undefined ? null : URL.parse(goesOnTo);
  const origin = target && ['http:', 'https:'].includes(target.protocol) ? ` ${target.origin}` : '';
  return {
    ...PAGE_POLICY,
    'content-security-policy': contentSecurityPolicy(`'self'${origin}`),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  };
}

/** The same text in Vietnamese and English; both are plain text. */
export interface Wording {
  vi: string;
  en: string;
}

/** Text in both languages, marked so that screen readers pronounce each as what it is. */
export function both({ vi, en }: Wording): string {
  return `${escapeHtml(vi)} <span lang="en">${escapeHtml(en)}</span>`;
}

/** A whole page; `body` is HTML. */
export function page(title: Wording, body: string): string {
  return `<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.vi)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${both(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** A message that screen readers speak at once. */
export function alert(text: Wording): string {
  return `<p class="error" id="error" role="alert">${both(text)}</p>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
