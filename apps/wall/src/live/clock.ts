/** The wall's only source of time, in ms since 1970. */
export interface WallClock {
  now(): number;
  /** Tells the gateway's time as just heard: a screen's own clock may be minutes off. */
  follow(serverTime: number): void;
}

/** A correction below this is the delay of the network, not a wrong clock. */
const TOLERANCE_MS = 3000;

/** A clock that goes by the machine's own and is corrected by the gateway's. */
export function createClock(machineNow: () => number): WallClock {
  let offset = 0;
  return {
    now: () => machineNow() + offset,
    follow: (serverTime) => {
      const difference = serverTime - machineNow();
      if (Math.abs(difference - offset) > TOLERANCE_MS)
        offset = Math.abs(difference) > TOLERANCE_MS ? difference : 0;
    },
  };
}
