import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { replaceAddress } from '../address.js';

/** What the registry says about logging in. */
interface Settings {
  issuer: string;
  clientId: string;
}

/** Whether somebody is logged in; if not, why. */
export type SessionState =
  | { kind: 'starting' }
  | { kind: 'out'; why: 'not-yet' | 'ended' }
  | { kind: 'failed'; why: 'unreachable' | 'insecure' | 'refused'; detail: string }
  | { kind: 'in'; name: string };

const SCOPE = 'openid registry:read sharing:request sharing:decide';

/**
 * A person's login by authorization code with PKCE. Tokens are in the tab's own storage, which is gone with the tab;
 * they are renewed while the page is open.
 */
export class Session {
  private manager: UserManager | null = null;
  private user: User | null = null;
  private current: SessionState = { kind: 'starting' };
  private readonly listeners = new Set<() => void>();

  /** The address without what names a place: where the issuer sends people back to. */
  constructor(private readonly home = new URL('./', location.href).href) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): SessionState => this.current;

  get token(): string {
    return this.user?.access_token ?? '';
  }

  /** Takes up the login of this tab, or the one that the issuer has just sent here. */
  async start(): Promise<void> {
    // The protocol's library needs the browser's cryptography, which it has on https and on this machine only.
    if (!isSecureContext) {
      this.enter({ kind: 'failed', why: 'insecure', detail: location.origin });
      return;
    }
    try {
      const answer = await fetch('settings.json');
      if (!answer.ok) throw new Error(`settings.json: ${answer.status}`);
      this.manager = this.managerOf((await answer.json()) as Settings);
    } catch (error) {
      this.fail('unreachable', error);
      return;
    }
    const parameters = new URLSearchParams(location.search);
    if (parameters.has('state')) await this.comeBack(this.manager);
    else await this.resume(this.manager);
  }

  /** Leaves for the issuer's login page; afterwards the present place is shown. */
  async logIn(language: string): Promise<void> {
    try {
      await this.manager?.signinRedirect({ state: location.search, ui_locales: language });
    } catch (error) {
      this.fail('unreachable', error, this.manager?.settings.authority);
    }
  }

  /** Ends the login here and at the issuer, and with it what the issuer handed out. */
  async logOut(): Promise<void> {
    try {
      await this.manager?.signoutRedirect();
    } catch (error) {
      this.fail('unreachable', error, this.manager?.settings.authority);
    }
  }

  /** The API no longer takes the token. */
  async end(): Promise<void> {
    await this.manager?.removeUser();
    this.user = null;
    this.enter({ kind: 'out', why: 'ended' });
  }

  private managerOf({ issuer, clientId }: Settings): UserManager {
    const store = new WebStorageStateStore({ store: sessionStorage });
    const manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      redirect_uri: this.home,
      post_logout_redirect_uri: this.home,
      scope: SCOPE,
      userStore: store,
      stateStore: store,
    });
    manager.events.addUserLoaded((user) => {
      this.user = user;
    });
    manager.events.addAccessTokenExpired(() => void this.end());
    return manager;
  }

  private async comeBack(manager: UserManager): Promise<void> {
    const isLogin = new URLSearchParams(location.search).has('code');
    try {
      // After a logout the issuer sends back the state alone.
      const user = isLogin || location.search.includes('error=') ? await manager.signinCallback() : null;
      replaceAddress(typeof user?.state === 'string' && user.state !== '' ? user.state : './');
      this.take(user ?? null);
    } catch (error) {
      replaceAddress('./');
      this.fail('refused', error);
    }
  }

  private async resume(manager: UserManager): Promise<void> {
    const known = await manager.getUser();
    if (!known?.expired) {
      this.take(known);
      return;
    }
    try {
      this.take(await manager.signinSilent());
    } catch {
      await this.end();
    }
  }

  private take(user: User | null): void {
    this.user = user;
    if (user) {
      const { preferred_username: username, name, sub } = user.profile;
      this.enter({ kind: 'in', name: name ?? username ?? sub });
    } else {
      this.enter({ kind: 'out', why: 'not-yet' });
    }
  }

  /** @param place who did not answer: browsers say of a failed request no more than that it failed */
  private fail(why: 'unreachable' | 'refused', error: unknown, place?: string): void {
    const message = error instanceof Error ? error.message : String(error);
    this.enter({ kind: 'failed', why, detail: place === undefined ? message : `${place}: ${message}` });
  }

  private enter(state: SessionState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}
