import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { pageHeaders } from './page.js';

export type LoginRequest = FastifyRequest<{ Params: { uid: string }; Body: URLSearchParams | undefined }>;
type UnderWay = Awaited<ReturnType<Provider['interactionDetails']>>;
type Outcome = Parameters<Provider['interactionResult']>[2];

/** One request of a browser in a login under way. */
export class LoginVisit {
  private constructor(
    readonly provider: Provider,
    /** What the protocol library knows of the login. */
    readonly login: UnderWay,
    private readonly request: LoginRequest,
    private readonly reply: FastifyReply,
  ) {}

  /** Throws an OIDCProviderError when this browser has no such login under way, or the form is from another site. */
  static async find(provider: Provider, request: LoginRequest, reply: FastifyReply): Promise<LoginVisit> {
    if (isFromElsewhere(request)) {
      throw new errors.SessionNotFound('sent from another site');
    }
    const login = await provider.interactionDetails(request.raw, reply.raw);
    if (login.uid !== request.params.uid) {
      throw new errors.SessionNotFound('another login is under way');
    }
    return new LoginVisit(provider, login, request, reply);
  }

  get uid(): string {
    return this.login.uid;
  }

  /** The step that the login is at: `login` or `consent`. */
  get step(): string {
    return this.login.prompt.name;
  }

  /** Throws when the login is at another step, for example for a form sent twice. */
  expectStep(step: string): void {
    if (this.step !== step) {
      throw new errors.SessionNotFound('this step is over');
    }
  }

  /** A field of the form; empty when it is not there. */
  field(name: string): string {
    return this.request.body?.get(name) ?? '';
  }

  get clientId(): string {
    return String(this.login.params['client_id']);
  }

  async clientName(): Promise<string> {
    const client = await this.provider.Client.find(this.clientId);
    return client?.clientName ?? this.clientId;
  }

  show(body: string, status = 200, headers: Record<string, string> = {}): FastifyReply {
    const redirectUri = this.login.params['redirect_uri'];
    const policy = pageHeaders(typeof redirectUri === 'string' ? redirectUri : undefined);
    return this.reply
      .code(status)
      .headers({ ...policy, ...headers })
      .send(body);
  }

  /** Hands the outcome of the step to the protocol library, and sends the browser on to it. */
  async finish(outcome: Outcome): Promise<FastifyReply> {
    const goOnTo = await this.provider.interactionResult(this.request.raw, this.reply.raw, outcome);
    return this.reply.code(303).headers({ location: goOnTo, 'cache-control': 'no-store' }).send();
  }
}

/** Browsers say where a request comes from; the cookie protects those that do not. */
function isFromElsewhere(request: LoginRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return request.method === 'POST' && site !== undefined && site !== 'same-origin';
}
