import { describe, expect, it } from '@jest/globals';
import { readRegistryConfig } from './config.js';

const complete = {
  DATABASE_URL: 'postgres://registry:secret@127.0.0.1/registry',
  NATS_URL: 'nats://127.0.0.1',
};

describe('the settings of the registry', () => {
  it('take the address without its closing slash, and the bounds as numbers', () => {
    const config = readRegistryConfig({
      ...complete,
      PUBLIC_URL: 'https://csdl.example.vn/registry/',
      PROVINCE_BOUNDS: '108.5,6.5,117.3,13',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://csdl.example.vn/registry',
      bounds: [108.5, 6.5, 117.3, 13],
    });
    expect(readRegistryConfig(complete)).toMatchObject({ publicUrl: undefined, bounds: undefined });
  });

  it.each([
    { PUBLIC_URL: 'csdl.example.vn' },
    { PUBLIC_URL: 'ftp://csdl.example.vn' },
    { PUBLIC_URL: 'https://somebody@csdl.example.vn' },
    { PUBLIC_URL: 'https://csdl.example.vn/?a=b' },
    { PROVINCE_BOUNDS: '108,8,112' },
    { PROVINCE_BOUNDS: '112,8,108,13' },
    { PROVINCE_BOUNDS: '108,8,112,x' },
    { PROVINCE_BOUNDS: '108,8,112,91' },
  ])('say what is wrong with $PUBLIC_URL$PROVINCE_BOUNDS', (wrong) => {
    const [name = ''] = Object.keys(wrong);
    expect(() => readRegistryConfig({ ...complete, ...wrong })).toThrow(`${name} is "`);
  });
});
