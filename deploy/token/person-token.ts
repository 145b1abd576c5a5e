import { createHash, randomBytes } from 'node:crypto';

/** The issuer's client for programs on an administrator's own machine (apps/identity, people/first-administrator). */
const CLIENT_ID = 'administration';
/** Nobody listens there: the code is read from the redirect itself. */
const REDIRECT_URI = 'http://127.0.0.1/callback';

export interface PersonLogin {
  username: string;
  password: string;
  /** Asked when the password is one that an administrator gave; answers the one that the person chooses. */
  choosePassword: () => Promise<string>;
}

/**
 * Logs a person in as a browser would (authorization code with PKCE), and answers an access token.
 *
 * @param issuer address of the issuer
 * @param scope what the token is for
 * @throws Error with the login page's own words when it refuses
 */
export async function loginForToken(issuer: string, login: PersonLogin, scope: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const pages = new LoginPages(issuer);
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: `openid ${scope}`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const { path } = await pages.open(`/auth?${query.toString()}`);
  const { username, password } = login;
  let answer = await pages.open(`${path}/login`, { username, password });
  if (answer.code === null && answer.html.includes('name="new-password"')) {
    const chosen = await login.choosePassword();
    const change = { username, password, 'new-password': chosen, repeated: chosen };
    answer = await pages.open(`${path}/password`, change);
  }
  // Programs on a person's own machine always need the person's consent (RFC 8252, section 8.6): running this gives it.
  if (answer.html.includes('/consent"')) answer = await pages.open(`${answer.path}/consent`, {});
  if (answer.code === null) throw new Error(`No login: ${refusalOf(answer.html)}`);
  return exchange(issuer, answer.code, verifier);
}

interface Answer {
  /** Path of the page that the redirects ended at. */
  path: string;
  /** What the issuer hands out at the end; null while there is a page to fill in. */
  code: string | null;
  html: string;
}

/** The issuer's pages with their cookies, redirects followed until a page or the end of the login. */
class LoginPages {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  async open(address: string, form?: Record<string, string>): Promise<Answer> {
    let url = new URL(address, this.issuer);
    let response = await this.send(url, form);
    for (;;) {
      const location = response.headers.get('location');
      if (location === null) return { path: url.pathname, code: null, html: await response.text() };
      await response.body?.cancel();
      url = new URL(location, url);
      if (url.href.startsWith(REDIRECT_URI)) return endOf(url);
      response = await this.send(url);
    }
  }

  private async send(url: URL, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      headers: { cookie },
      redirect: 'manual',
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}

function endOf(url: URL): Answer {
  const code = url.searchParams.get('code');
  if (code === null) {
    throw new Error(
      `No login: ${url.searchParams.get('error_description') ?? url.searchParams.get('error')}`,
    );
  }
  return { path: url.pathname, code, html: '' };
}

async function exchange(issuer: string, code: string, verifier: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      code,
      code_verifier: verifier,
    }),
  });
  const { access_token: token, error_description: why } = (await response.json()) as {
    access_token?: string;
    error_description?: string;
  };
  if (token === undefined) throw new Error(`No token: ${why ?? `status ${response.status}`}`);
  return token;
}

/** The English words of the page's message. */
function refusalOf(html: string): string {
  return /role="alert">.*?<span lang="en">(.*?)<\/span>/s.exec(html)?.[1] ?? 'the issuer showed another page';
}
