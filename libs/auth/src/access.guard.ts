import { type CanActivate, type ExecutionContext, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { problem, type Scope } from '#libs/contracts';
import { type Actor, rememberActor } from './actor.js';
import { ACCESS_RULE, type AccessRule } from './decorators.js';
import type { ActorResolver, RequestCredentials } from './options.js';
import { Refusal, TokenVerifier } from './token-verifier.js';

export const ACTOR_RESOLVERS = Symbol('ActorResolvers');

interface Reply {
  header(name: string, value: string): unknown;
}

/** Stands before every HTTP route: who is asking, and may they. Messages of the bus are the broker's to permit. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    @Inject(ACTOR_RESOLVERS) private readonly resolvers: readonly ActorResolver[],
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (context.getType() !== 'http' || rule?.kind === 'public') {
      return true;
    }
    const request = context.switchToHttp().getRequest<RequestCredentials>();
    try {
      const actor = await this.identify(request, rule?.kind === 'optional');
      if (!actor) return true;
      // Before the rule: whoever hears of the refusal is to know whose attempt it was.
      rememberActor(request, actor);
      permit(actor, rule);
      return true;
    } catch (error) {
      throw error instanceof Refusal
        ? this.refuse(error, request, context.switchToHttp().getResponse())
        : error;
    }
  }

  /** Null for a request without a credential, where that is allowed. */
  private async identify(request: RequestCredentials, optional: boolean): Promise<Actor | null> {
    for (const resolver of this.resolvers) {
      const actor = await resolver.resolve(request);
      if (actor) {
        return actor;
      }
    }
    const header = request.headers['authorization'];
    if (header === undefined && optional) return null;
    const token = typeof header === 'string' ? /^Bearer +([^\s]+)$/i.exec(header)?.[1] : undefined;
    if (token === undefined) {
      throw new Refusal(problem('unauthenticated'), header === undefined ? 'no token' : 'not a bearer token');
    }
    return this.verifier.verify(token);
  }

  private refuse(refusal: Refusal, request: RequestCredentials, reply: Reply): Error {
    const challenge = challengeOf(refusal);
    if (challenge) {
      reply.header('WWW-Authenticate', challenge);
    }
    // Without the query, which may hold what a person typed.
    const path = request.url.split('?', 1)[0];
    this.logger.warn({
      message: `refused: ${refusal.reason}`,
      reason: refusal.reason,
      code: refusal.problem.code,
      clientId: refusal.clientId,
      method: request.method,
      path,
    });
    return refusal.problem;
  }
}

function permit(actor: Actor, rule: Exclude<AccessRule, { kind: 'public' }> | undefined): void {
  if (!rule) {
    return;
  }
  const held = (scope: Scope) => actor.has(scope);
  const allowed = rule.kind === 'any' ? rule.scopes.some(held) : rule.scopes.every(held);
  if (!allowed) {
    const wanted = rule.scopes.join(rule.kind === 'any' ? ' | ' : ' ');
    const refusal = problem('insufficient-scope', { scope: wanted });
    throw new Refusal(refusal, `${actor.subject} lacks scope ${wanted}`, actor.clientId);
  }
}

/** RFC 6750 section 3: without any credential the challenge carries no error code. */
function challengeOf(refusal: Refusal): string | null {
  switch (refusal.problem.definition.status) {
    case 401:
      return refusal.reason === 'no token' ? 'Bearer' : 'Bearer error="invalid_token"';
    case 403:
      return `Bearer error="insufficient_scope", scope="${String(refusal.problem.parameters['scope'])}"`;
    default:
      return null;
  }
}
