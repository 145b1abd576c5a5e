import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { problem, type Scope } from '#libs/contracts';
import { type Actor, actorOf } from './actor.js';

/** What a route asks of its caller. The declaration nearest to the route wins: the method's over the class's. */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'optional'; readonly scopes: readonly Scope[] }
  | { readonly kind: 'all'; readonly scopes: readonly Scope[] }
  | { readonly kind: 'any'; readonly scopes: readonly Scope[] };

/** Metadata key of an {@link AccessRule}, for those who describe routes (OpenAPI) rather than guard them. */
export const ACCESS_RULE = 'ioc:access-rule';

const declare = (rule: AccessRule) => SetMetadata(ACCESS_RULE, rule);

/** Lets everybody in, without a token: health, metrics, login pages. Without it, a route needs a valid token. */
export const Public = () => declare({ kind: 'public' });

/**
 * Lets everybody in, and knows those who show a credential, which must then carry every one of these scopes: for what
 * everybody may see in part. `actorOf(request)` is undefined for a caller without one.
 */
export const PublicOr = (...scopes: [Scope, ...Scope[]]) => declare({ kind: 'optional', scopes });

/** Lets in only callers whose token carries every one of these scopes; others get 403 `insufficient-scope`. */
export const RequireScopes = (...scopes: [Scope, ...Scope[]]) => declare({ kind: 'all', scopes });

/** Lets in callers whose token carries at least one of these scopes; others get 403 `insufficient-scope`. */
export const RequireAnyScope = (...scopes: [Scope, ...Scope[]]) => declare({ kind: 'any', scopes });

/** The verified {@link Actor} of the request. On a `@Public()` route there is none: 401 `unauthenticated`. */
export const CurrentActor = createParamDecorator((_: undefined, context: ExecutionContext): Actor => {
  const actor = actorOf(context.switchToHttp().getRequest<object>());
  if (!actor) {
    throw problem('unauthenticated');
  }
  return actor;
});
