import { describe, expect, it } from '@jest/globals';
import { createClock } from './clock.js';

describe('the clock of the wall', () => {
  it('goes by the machine while the gateway agrees', () => {
    const clock = createClock(() => 1_000_000);
    clock.follow(1_000_800);
    expect(clock.now()).toBe(1_000_000);
  });

  it('goes by the gateway when the machine is off', () => {
    const clock = createClock(() => 1_000_000);
    clock.follow(1_600_000);
    expect(clock.now()).toBe(1_600_000);
  });

  it('does not tremble with the delay of each ping', () => {
    const clock = createClock(() => 1_000_000);
    clock.follow(1_600_000);
    clock.follow(1_599_200);
    expect(clock.now()).toBe(1_600_000);
  });

  it('goes by the machine again once it was set right', () => {
    let machine = 1_000_000;
    const clock = createClock(() => machine);
    clock.follow(1_600_000);
    machine = 1_600_500;
    clock.follow(1_600_400);
    expect(clock.now()).toBe(1_600_500);
  });
});
