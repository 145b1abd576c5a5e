import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { AuthOptions, KeySource, KeyTimings } from './options.js';

/** The issuer could not be asked, so nothing can be said about a token: not the caller's fault. */
export class IssuerUnavailable extends Error {
  constructor(issuer: string, options: ErrorOptions) {
    super(
      `The keys of issuer ${issuer} cannot be fetched. Check that it runs and is reachable from here.`,
      options,
    );
    this.name = 'IssuerUnavailable';
  }
}

const DEFAULT_TIMINGS: KeyTimings = {
  refreshAfter: 600_000,
  cooldown: 10_000,
  retryAfter: 1_000,
  timeout: 3_000,
};

interface CachedKeys {
  find: ReturnType<typeof createLocalJWKSet>;
  fetchedAt: number;
}

/**
 * The issuer's public keys, cached. Unlike jose's remote key set, old keys go on being used while the issuer is
 * away (a stopped issuer must not stop every service), and are renewed in the background, so that no request waits.
 */
export class IssuerKeys {
  private readonly timings: KeyTimings;
  private cached: CachedKeys | undefined;
  private fetching: Promise<CachedKeys> | undefined;
  private failure: { error: IssuerUnavailable; at: number } | undefined;

  constructor(
    private readonly options: Pick<AuthOptions, 'issuer' | 'jwksUrl' | 'keys'>,
    private readonly source: KeySource = { publicKeys: () => this.download() },
  ) {
    this.timings = { ...DEFAULT_TIMINGS, ...options.keys };
  }

  /** Key that a token's header names. Throws {@link IssuerUnavailable}, or a JOSEError when no key matches. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = this.cached ?? (await this.fetch());
    const age = performance.now() - keys.fetchedAt;
    if (age > this.timings.refreshAfter) {
      // The failure is remembered, and shown if an unknown key has to be looked for.
      this.fetch().catch(() => undefined);
    }
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || age < this.timings.cooldown) {
        throw error;
      }
      return (await this.fetch()).find(header, token);
    }
  };

  private fetch(): Promise<CachedKeys> {
    if (this.failure && performance.now() - this.failure.at < this.timings.retryAfter) {
      return Promise.reject(this.failure.error);
    }
    this.fetching ??= this.load().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async load(): Promise<CachedKeys> {
    try {
      this.cached = {
        find: createLocalJWKSet(await this.source.publicKeys()),
        fetchedAt: performance.now(),
      };
      this.failure = undefined;
      return this.cached;
    } catch (cause) {
      const error = new IssuerUnavailable(this.options.issuer, { cause });
      this.failure = { error, at: performance.now() };
      throw error;
    }
  }

  private async download(): Promise<JSONWebKeySet> {
    const url = this.options.jwksUrl ?? (await this.discover());
    return (await this.get(url)) as JSONWebKeySet;
  }

  private async discover(): Promise<string> {
    const base = this.options.issuer.replace(/\/$/, '');
    const metadata = (await this.get(`${base}/.well-known/openid-configuration`)) as Record<string, unknown>;
    // OpenID Connect Discovery 1.0 section 4.3: the document must be the configured issuer's own.
    if (metadata['issuer'] !== this.options.issuer || typeof metadata['jwks_uri'] !== 'string') {
      throw new Error(`The discovery document names issuer ${JSON.stringify(metadata['issuer'])}`);
    }
    return metadata['jwks_uri'];
  }

  private async get(url: string): Promise<unknown> {
    const response = await fetch(url, {
      headers: { accept: 'application/json, application/jwk-set+json' },
      redirect: 'error',
      signal: AbortSignal.timeout(this.timings.timeout),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`GET ${url} answered ${String(response.status)}`);
    }
    return response.json();
  }
}
