import type { Actor } from './actor.js';

/** Longest time for which a token is believed without looking at its signature again, in milliseconds. */
const LIFETIME = 60_000;
const LIMIT = 1_000;

/** Tokens that were just found good: a system sends the same one for an hour, and a signature costs more than the rest. */
export class VerifiedTokens {
  private readonly known = new Map<string, { actor: Actor; until: number }>();

  get(token: string): Actor | undefined {
    const entry = this.known.get(token);
    if (entry === undefined || entry.until > performance.now()) {
      return entry?.actor;
    }
    this.known.delete(token);
    return undefined;
  }

  /** @param remaining milliseconds until the token expires */
  add(token: string, actor: Actor, remaining: number): void {
    const oldest = this.known.keys().next();
    if (this.known.size >= LIMIT && oldest.done !== true) {
      this.known.delete(oldest.value);
    }
    this.known.set(token, { actor, until: performance.now() + Math.min(LIFETIME, remaining) });
  }
}
