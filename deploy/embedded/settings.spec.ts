import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('readSettings', () => {
  it('has defaults and takes a data folder relative to the checkout', () => {
    expect(readSettings({}, '/srv/ioc')).toEqual({ portBase: 8080, dataDir: '/srv/ioc/.data' });
    expect(readSettings({ IOC_PORT_BASE: '9000', IOC_DATA_DIR: '/var/lib/ioc' }, '/srv/ioc')).toEqual({
      portBase: 9000,
      dataDir: '/var/lib/ioc',
    });
  });

  it.each(['', 'abc', '0', '65531', '80.5', '-1'])('refuses the port base "%s"', (text) => {
    expect(() => readSettings({ IOC_PORT_BASE: text }, '/')).toThrow(/set it to a number from 1 to 65530/);
  });
});
