import { createContext, useContext, useSyncExternalStore } from 'react';
import type { WallState, WallStore } from './store.js';

export const WallContext = createContext<WallStore | null>(null);

/**
 * Reads from the store; the component renders again only when what it reads changes. `select` must give a primitive
 * or a part of the state, never a new object.
 */
export function useWall<T>(select: (state: WallState, now: number) => T): T {
  const store = useContext(WallContext);
  if (store === null) throw new Error('useWall needs a WallContext above it');
  return useSyncExternalStore(store.subscribe, () => select(store.state, store.clock.now()));
}
