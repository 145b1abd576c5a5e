/** What an administrator can set in the wall's address; it is remembered in the browser. */
export interface WallSettings {
  /** Visible diagonal of the screen, inches. */
  diagonalInches: number;
  /** Horizontal resolution in CSS pixels; null: what the browser reports for its screen. */
  horizontalPixels: number | null;
  /** Distance of the farthest reader, metres. */
  distanceMetres: number;
  /** Fiscal year to show; null: the gateway's own choice. */
  year: number | null;
}

/**
 * 55 inches read from 2.5 m: the farthest at which a 1920 × 1080 screen holds the full scene. A wall of 132 inches
 * (four of 65) gives the same picture at 6 m; a single 55-inch screen has room for the reduced layout up to 4 m and for
 * the focus layout beyond.
 */
export const DEFAULT_SETTINGS: WallSettings = {
  diagonalInches: 55,
  horizontalPixels: null,
  distanceMetres: 2.5,
  year: null,
};

interface Field {
  key: keyof WallSettings;
  parameter: string;
  least: number;
  most: number;
}

const FIELDS: readonly Field[] = [
  { key: 'diagonalInches', parameter: 'diagonal', least: 10, most: 1000 },
  { key: 'horizontalPixels', parameter: 'pixels', least: 640, most: 32_000 },
  { key: 'distanceMetres', parameter: 'distance', least: 0.5, most: 50 },
  { key: 'year', parameter: 'year', least: 2000, most: 2100 },
];

const STORAGE_KEY = 'ioc-wall-settings';

/** The part of the browser's local storage that is used here. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * Settings from the address (`?diagonal=55&distance=2.5&pixels=1920&year=2023`), else those remembered, else the
 * defaults. A value out of bounds is ignored: a wall must show something. What the address sets is remembered.
 */
export function readSettings(query: string, storage: SettingsStorage | null): WallSettings {
  const settings: WallSettings = { ...DEFAULT_SETTINGS, ...remembered(storage) };
  const parameters = new URLSearchParams(query);
  let asked = false;
  for (const field of FIELDS) {
    const value = accepted(field, parameters.get(field.parameter));
    if (value === null) continue;
    settings[field.key] = value;
    asked = true;
  }
  if (asked) remember(storage, settings);
  return settings;
}

function accepted(field: Field, value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return number >= field.least && number <= field.most ? number : null;
}

function remembered(storage: SettingsStorage | null): Partial<WallSettings> {
  const found: Partial<WallSettings> = {};
  try {
    const stored: unknown = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return found;
    const values = new Map<string, unknown>(Object.entries(stored));
    for (const field of FIELDS) {
      const value = accepted(field, values.get(field.key));
      if (value !== null) found[field.key] = value;
    }
  } catch {
    // Storage that is blocked or damaged is the same as none.
  }
  return found;
}

function remember(storage: SettingsStorage | null, settings: WallSettings): void {
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // A full or blocked storage only costs the memory: the address still sets the values.
  }
}
