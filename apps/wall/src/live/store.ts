import type { Overview, OverviewChange } from '#libs/contracts';
import type { WallClock } from './clock.js';
import { advance, type CompleteUntil } from './trust.js';

/**
 * waiting: nothing heard yet. online: the stream is open. broken: it was lost, the last values stay.
 * unauthorised: the gateway does not accept this display; nothing is shown.
 */
export type LinkState = 'waiting' | 'online' | 'broken' | 'unauthorised';

export interface WallState {
  link: LinkState;
  /** Since when the link is in this state, ms. */
  linkSince: number;
  /** Last sign of life of the gateway, ms; null before the first. */
  heardAt: number | null;
  overview: Overview | null;
  completeUntil: CompleteUntil;
}

/** The one state of the wall, in the form that useSyncExternalStore reads. */
export class WallStore {
  private current: WallState;
  private readonly listeners = new Set<() => void>();

  constructor(readonly clock: WallClock) {
    this.current = {
      link: 'waiting',
      linkSince: clock.now(),
      heardAt: null,
      overview: null,
      completeUntil: {},
    };
  }

  get state(): WallState {
    return this.current;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Time passed: lets what depends on the clock look again. */
  tick(): void {
    for (const listener of this.listeners) listener();
  }

  /** The whole picture, from the stream or from a read. */
  replace(overview: Overview): void {
    this.show(overview);
  }

  /** Sections that changed, each whole. Without a picture to put them in they say nothing. */
  change(change: OverviewChange): void {
    if (this.current.overview === null) return;
    this.show({ ...this.current.overview, ...change.sections, generatedAt: change.generatedAt });
  }

  /** A sign of life without news. */
  heard(): void {
    const { overview } = this.current;
    if (overview === null) this.update({ heardAt: this.clock.now() });
    else this.show(overview);
  }

  linkIs(link: LinkState): void {
    if (this.current.link === link) return;
    const linkSince = this.clock.now();
    // A display whose permission was withdrawn must not go on showing what it had.
    if (link === 'unauthorised') this.update({ link, linkSince, overview: null, completeUntil: {} });
    else this.update({ link, linkSince });
  }

  private show(overview: Overview): void {
    const heardAt = this.clock.now();
    this.update({ overview, heardAt, completeUntil: advance(this.current.completeUntil, overview, heardAt) });
  }

  private update(part: Partial<WallState>): void {
    this.current = { ...this.current, ...part };
    this.tick();
  }
}
