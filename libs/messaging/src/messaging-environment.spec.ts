import { describe, expect, it } from '@jest/globals';
import { tuningFromEnvironment } from './messaging-environment.js';

describe('tuning from the environment', () => {
  it('leaves the defaults alone where nothing is said', () => {
    expect(tuningFromEnvironment({ MESSAGING_RETRY_DELAYS: '', MESSAGING_MAX_DELIVERIES: ' ' })).toEqual({});
  });

  it('reads numbers and lists of them', () => {
    const environment = {
      MESSAGING_MAX_DELIVERIES: '3',
      MESSAGING_RETRY_DELAYS: '100, 2000',
      MESSAGING_RELAY_POLL: '500',
    };
    expect(tuningFromEnvironment(environment)).toEqual({
      maxDeliveries: 3,
      retryDelays: [100, 2000],
      relayPollMilliseconds: 500,
    });
  });

  it.each(['0', '-1', '1.5', 'soon', '100,,200'])('refuses "%s", naming the variable', (text) => {
    expect(() => tuningFromEnvironment({ MESSAGING_RETRY_DELAYS: text })).toThrow(/MESSAGING_RETRY_DELAYS/);
  });
});
