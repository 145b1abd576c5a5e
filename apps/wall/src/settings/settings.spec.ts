import { describe, expect, it } from '@jest/globals';
import { DEFAULT_SETTINGS, readSettings, type SettingsStorage } from './settings.js';

function memory(content?: string): SettingsStorage & { content: string | undefined } {
  return {
    content,
    getItem() {
      return this.content ?? null;
    },
    setItem(_, value) {
      this.content = value;
    },
  };
}

describe('settings of the wall', () => {
  it('has defaults', () => {
    expect(readSettings('', memory())).toEqual(DEFAULT_SETTINGS);
  });

  it('takes them from the address', () => {
    expect(readSettings('?diagonal=65&distance=4.5&pixels=3840&year=2023', memory())).toEqual({
      diagonalInches: 65,
      horizontalPixels: 3840,
      distanceMetres: 4.5,
      year: 2023,
    });
  });

  it('remembers what the address said, for the next start without it', () => {
    const storage = memory();
    readSettings('?distance=4', storage);
    expect(readSettings('', storage).distanceMetres).toBe(4);
  });

  it('lets the address win over what is remembered', () => {
    const storage = memory('{"distanceMetres":4,"diagonalInches":65}');
    expect(readSettings('?distance=3', storage)).toMatchObject({ distanceMetres: 3, diagonalInches: 65 });
  });

  it.each(['?distance=0', '?distance=-1', '?distance=1e9', '?distance=abc', '?distance=', '?diagonal=NaN'])(
    'ignores %s',
    (query) => {
      expect(readSettings(query, memory())).toEqual(DEFAULT_SETTINGS);
    },
  );

  it.each(['{', '[]', 'null', '"x"', '{"distanceMetres":"far"}', '{"distanceMetres":900}'])(
    'is not confused by %s in the storage',
    (content) => {
      expect(readSettings('', memory(content))).toEqual(DEFAULT_SETTINGS);
    },
  );

  it('works where storage is blocked', () => {
    const blocked: SettingsStorage = {
      getItem: () => {
        throw new Error('blocked');
      },
      setItem: () => {
        throw new Error('blocked');
      },
    };
    expect(readSettings('?distance=4', blocked).distanceMetres).toBe(4);
    expect(readSettings('?distance=4', null).distanceMetres).toBe(4);
  });
});
