export { Actor, actorOf } from './actor.js';
export { AuthModule } from './auth.module.js';
export {
  ACCESS_RULE,
  type AccessRule,
  CurrentActor,
  Public,
  PublicOr,
  RequireAnyScope,
  RequireScopes,
} from './decorators.js';
export type { ActorResolver, AuthOptions, KeySource, KeyTimings, RequestCredentials } from './options.js';
export { Refusal, TokenVerifier } from './token-verifier.js';
