/** A browser as far as a login needs one: it keeps cookies by path and follows redirects within the issuer. */
export class Browser {
  private readonly cookies: { name: string; value: string; path: string }[] = [];

  constructor(private readonly origin: string) {}

  /** Follows redirects until a page, or an address outside the issuer, which is answered with its address alone. */
  async open(
    address: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Visit> {
    let url = new URL(address, this.origin);
    let body = form && new URLSearchParams(form);
    for (let steps = 0; steps < 10; steps += 1) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        ...(body && { body }),
        headers: { ...headers, cookie: this.cookiesFor(url.pathname), accept: 'text/html' },
        redirect: 'manual',
      });
      this.keep(response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { url, status: response.status, headers: response.headers, html: await response.text() };
      }
      await response.body?.cancel();
      url = new URL(location, url);
      if (url.origin !== this.origin) {
        return { url, status: response.status, headers: response.headers, html: '' };
      }
      body = undefined;
    }
    throw new Error(`redirected without end, last to ${url.href}`);
  }

  /** Sends the form of a page as a person would, hidden fields included. */
  async submit(page: Visit, values: Record<string, string>, which = 0): Promise<Visit> {
    const form = [...page.html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)][which];
    if (!form) {
      throw new Error(`no form ${String(which)} on ${page.url.href} (${String(page.status)}):\n${page.html}`);
    }
    const [, action = '', fields = ''] = form;
    const hidden = [...fields.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const all = {
      ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
      ...values,
    };
    return this.open(new URL(action, page.url).href, all, { 'sec-fetch-site': 'same-origin' });
  }

  cookie(name: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name === name)?.value;
  }

  private cookiesFor(path: string): string {
    const fitting = this.cookies.filter((cookie) => path.startsWith(cookie.path));
    return fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private keep(headers: string[]): void {
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(/; */);
      const [name = '', value = ''] = pair.split('=');
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      const known = this.cookies.findIndex((cookie) => cookie.name === name && cookie.path === path);
      if (known >= 0) {
        this.cookies.splice(known, 1);
      }
      if (value !== '') {
        this.cookies.push({ name, value, path });
      }
    }
  }
}

export interface Visit {
  url: URL;
  status: number;
  headers: Headers;
  html: string;
}
