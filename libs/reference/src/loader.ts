import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecordReader, ReferenceFileError } from './file-reader.js';
import { ReferenceData } from './reference-data.js';
import { AGENCY_KINDS, AGENCY_LEVELS, COMMUNE_KINDS } from './types.js';
import type { Agency, Commune, Holiday, Province } from './types.js';

/** Form of an agency identifier of Decision 20/2020/QĐ-TTg (at most 35 characters). */
const OFFICIAL_CODE = /^(?=.{1,35}$)(?:[A-Y]\d{2}(?:\.[0-9A-Z]+)*|Z[0-9A-Z.]+)$/;

/**
 * Loads agencies.json, communes.json and holidays.json. A file of the same name in `directory` (REFERENCE_DIR)
 * replaces the one that comes with the software, whole; no build is needed, only a restart.
 *
 * @throws ReferenceFileError naming file, place and what was expected, so that a service never starts on wrong data
 */
export function loadReferenceData(directory?: string): ReferenceData {
  if (directory !== undefined && !existsSync(directory)) {
    throw new Error(`REFERENCE_DIR "${directory}" does not exist. Create it or leave REFERENCE_DIR unset.`);
  }
  const agencies = readAgencies(locate('agencies.json', directory));
  const { province, communes } = readCommunes(locate('communes.json', directory));
  const holidays = readHolidays(locate('holidays.json', directory));
  try {
    return new ReferenceData({ province, agencies, communes, holidays });
  } catch (error) {
    throw new ReferenceFileError(
      'agencies.json',
      '',
      error instanceof Error ? error.message : 'is inconsistent',
    );
  }
}

function readAgencies(file: string): Agency[] {
  return RecordReader.open(file)
    .list('agencies')
    .map((entry) => ({
      code: entry.text('code', /^[A-Z0-9][A-Z0-9-]{0,19}$/),
      name: entry.text('name'),
      aliases: entry.texts('aliases'),
      kind: entry.oneOf('kind', AGENCY_KINDS),
      level: entry.oneOf('level', AGENCY_LEVELS),
      officialCode: entry.textOrNull('officialCode', OFFICIAL_CODE),
      current: entry.boolean('current'),
      memberKinds: entry.manyOf('memberKinds', AGENCY_KINDS),
    }));
}

function readCommunes(file: string): { province: Province; communes: Commune[] } {
  const content = RecordReader.open(file);
  const province = content.record('province');
  const codes = new Set<string>();
  const communes = content.list('units').map((entry) => {
    const code = entry.text('code', /^\d{5}$/);
    if (codes.has(code)) throw entry.wrong('code', `"${code}" occurs twice`);
    codes.add(code);
    return {
      code,
      kind: entry.oneOf('kind', COMMUNE_KINDS),
      name: entry.text('name'),
      fullName: entry.text('fullName'),
      formerProvince: entry.text('formerProvince'),
      areaKm2: entry.number('areaKm2', 0, 100_000),
      lon: entry.number('lon', -180, 180),
      lat: entry.number('lat', -90, 90),
    };
  });
  return { province: { code: province.text('code'), name: province.text('name') }, communes };
}

function readHolidays(file: string): Holiday[] {
  const dates = new Set<string>();
  return RecordReader.open(file)
    .list('days')
    .map((entry) => {
      const date = entry.day('date');
      if (dates.has(date)) throw entry.wrong('date', `${date} occurs twice`);
      dates.add(date);
      return {
        date,
        kind: entry.oneOf('kind', ['off', 'work']),
        name: entry.text('name'),
        confidence: entry.oneOf('confidence', ['published', 'derived', 'unconfirmed']),
      };
    });
}

function locate(name: string, directory: string | undefined): string {
  if (directory !== undefined) {
    const own = join(directory, name);
    if (existsSync(own)) return own;
  }
  return join(packageRoot(), 'libs', 'reference', 'data', name);
}

/** The folder that holds package.json, seen from the sources and from the compiled code alike. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json was not found above the reference library');
    folder = parent;
  }
  return folder;
}
