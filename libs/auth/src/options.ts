import type { ModuleMetadata, Type } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import type { Actor } from './actor.js';

export interface AuthOptions {
  /** Issuer identifier, exactly as the `iss` claim of its tokens writes it. */
  issuer: string;
  /** Where the issuer's public keys are. Default: asked from its discovery document at first use. */
  jwksUrl?: string;
  /** Audience that a token must name. Default `urn:ioc`. */
  audience?: string;
  /** Credentials other than a bearer token, tried in this order before it. */
  resolvers?: Type<ActorResolver>[];
  /** For the issuer itself, which need not ask itself over the network; a provider of one of `imports`. */
  keySource?: Type<KeySource>;
  /** Modules whose providers the resolvers are injected with. */
  imports?: ModuleMetadata['imports'];
  /** How the issuer's keys are kept; the defaults suit production. */
  keys?: Partial<KeyTimings>;
}

/** All in milliseconds. */
export interface KeyTimings {
  /** Age of the cached keys from which they are fetched again in the background. Default 10 minutes. */
  refreshAfter: number;
  /** Time after a fetch in which an unknown key identifier does not cause another one. Default 10 s. */
  cooldown: number;
  /** Time after a failed fetch in which none is tried again. Default 1 s. */
  retryAfter: number;
  /** Longest wait for one answer of the issuer. Default 3 s. */
  timeout: number;
}

/** The issuer's public keys, from wherever they are. */
export interface KeySource {
  publicKeys(): Promise<JSONWebKeySet>;
}

export const AUTH_OPTIONS = Symbol('AuthOptions');
export const KEY_SOURCE = Symbol('KeySource');

/**
 * A credential of another kind, for example a display's cookie: answers the actor it stands for, or null when
 * the request carries none or an invalid one, and then the bearer token is looked at.
 */
export interface ActorResolver {
  resolve(request: RequestCredentials): Promise<Actor | null>;
}

/** The part of an HTTP request that credentials are read from. */
export interface RequestCredentials {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly url: string;
  readonly method: string;
}
