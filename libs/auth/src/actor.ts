import type { Scope } from '#libs/contracts';

/** Who is asking: a system (its client) or a person (through a client), as the verified credential says. */
export class Actor {
  constructor(
    /** Stable identifier of the person, or of the client when a system acts for itself. */
    readonly subject: string,
    /** The registered application that sent the request. */
    readonly clientId: string,
    /** Code of the agency the actor belongs to; null for an actor of no agency (for example a display). */
    readonly agency: string | null,
    readonly scopes: ReadonlySet<Scope>,
  ) {}

  has(scope: Scope): boolean {
    return this.scopes.has(scope);
  }
}

const actors = new WeakMap<object, Actor>();

/** The verified actor of a request, also of one that the guard then refused; undefined on public routes. */
export function actorOf(request: object): Actor | undefined {
  return actors.get(request);
}

/** Keeps the actor beside the request rather than on it: nothing a caller sends can look like one. */
export function rememberActor(request: object, actor: Actor): void {
  actors.set(request, actor);
}
