import { Inject, Injectable, Optional } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { AUDIENCE, problem, type ProblemError, type Scope, SCOPES } from '#libs/contracts';
import { Actor } from './actor.js';
import { IssuerKeys, IssuerUnavailable } from './issuer-keys.js';
import { AUTH_OPTIONS, type AuthOptions, KEY_SOURCE, type KeySource } from './options.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Asymmetric only: with HS256 a public key would do as the secret, and `none` needs no key at all. */
const ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'RS256'];

const CLOCK_TOLERANCE_SECONDS = 5;

/** RFC 9068 says `at+jwt`; many issuers write plain `JWT` or nothing. An issuer signs other kinds too (logout, events). */
const ACCESS_TOKEN_TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

const KNOWN_SCOPES: ReadonlySet<string> = new Set(SCOPES);

/** A refusal with the reason for the log; the caller learns only the problem. */
export class Refusal extends Error {
  constructor(
    readonly problem: ProblemError,
    readonly reason: string,
    /** Client that the token claims, verified or not. */
    readonly clientId: string | null = null,
  ) {
    super(reason);
    this.name = 'Refusal';
  }
}

/** Verifies access tokens: signature, issuer, audience, time, type. */
@Injectable()
export class TokenVerifier {
  private readonly keys: IssuerKeys;
  private readonly verified = new VerifiedTokens();

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Optional() @Inject(KEY_SOURCE) source?: KeySource,
  ) {
    this.keys = new IssuerKeys(options, source);
  }

  /** The actor that a token stands for. Throws {@link Refusal}: 401 when it is not good, 503 when nobody can tell. */
  async verify(token: string): Promise<Actor> {
    const known = this.verified.get(token);
    if (known) {
      return known;
    }
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        issuer: this.options.issuer,
        audience: this.options.audience ?? AUDIENCE,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      if (!ACCESS_TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase())) {
        throw new Refusal(problem('unauthenticated'), 'a token of another kind', text(payload['client_id']));
      }
      const actor = toActor(payload);
      // The same clock and tolerance by which the token was judged just now.
      const remaining = ((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1000 - Date.now();
      this.verified.add(token, actor, remaining);
      return actor;
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

function toActor(payload: JWTPayload): Actor {
  const subject = payload.sub ?? '';
  const clientId = text(payload['client_id']) ?? text(payload['azp']) ?? subject;
  return new Actor(subject, clientId, text(payload['agency']), scopesOf(payload['scope']));
}

/** Scopes of other systems in the same token (`openid`, `email`) mean nothing here and are left out. */
function scopesOf(claim: unknown): ReadonlySet<Scope> {
  const names = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return new Set(names.filter((name): name is Scope => typeof name === 'string' && KNOWN_SCOPES.has(name)));
}

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) {
    return error;
  }
  if (error instanceof IssuerUnavailable) {
    return new Refusal(problem('unavailable'), `${error.message} ${String(error.cause)}`);
  }
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    // The signature was good, so the client named in the token is the one that sent or leaked it.
    return new Refusal(problem('unauthenticated'), error.message, text(error.payload['client_id']));
  }
  if (error instanceof errors.JOSEError) {
    return new Refusal(problem('unauthenticated'), `${error.code}: ${error.message}`);
  }
  throw error;
}
