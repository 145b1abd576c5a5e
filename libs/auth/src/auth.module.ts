import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard, ACTOR_RESOLVERS } from './access.guard.js';
import { type ActorResolver, AUTH_OPTIONS, type AuthOptions, KEY_SOURCE } from './options.js';
import { TokenVerifier } from './token-verifier.js';

/**
 * Global access control: from here on every HTTP route needs a token of the issuer unless it is `@Public()`.
 *
 * @example
 * AuthModule.forRoot({ issuer: 'http://127.0.0.1:8085' })
 */
@Module({})
export class AuthModule {
  static forRoot(options: AuthOptions): DynamicModule {
    const resolvers = options.resolvers ?? [];
    return {
      module: AuthModule,
      global: true,
      imports: options.imports ?? [],
      providers: [
        { provide: AUTH_OPTIONS, useValue: options },
        ...resolvers,
        { provide: ACTOR_RESOLVERS, useFactory: (...all: ActorResolver[]) => all, inject: resolvers },
        ...(options.keySource ? [{ provide: KEY_SOURCE, useExisting: options.keySource }] : []),
        TokenVerifier,
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [TokenVerifier, ...resolvers],
    };
  }
}
