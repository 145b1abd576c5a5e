import { ProblemError, type RegistryTermState, type SourceOfTruth, type TermCode } from '#libs/contracts';
import { normaliseText } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import { agencyCell, quoted, readAgencies, type RowValues, type TableRow } from '#libs/workbooks';
import { LIMITS, LIST_CODE, MAX_CODES, TERM_CODE } from '../term.requests.js';
import { checkTerm, type TermContent } from '../terms.service.js';
import { CLASS_WORDS, STATE_WORDS, type TermKey, TYPE_WORDS } from './columns.js';
import type { RemarkCode } from './remarks.js';

type Row = TableRow<TermKey, RemarkCode>;

/** What cells refer to by name. */
export interface Named {
  reference: ReferenceData;
  /** Databases of the catalogue by name. */
  databases: ReadonlyMap<string, { id: string; name: string }>;
}

export function termValues(term: RegistryTermState): RowValues<TermKey> {
  const { code, name, englishName, meaning, codeSource, legalBasis, sourceOfTruth: source } = term;
  return {
    code,
    name,
    englishName,
    meaning,
    type: TYPE_WORDS[term.type],
    codes: term.codes.length === 0 ? null : term.codes.map((one) => `${one.code} = ${one.name}`).join('\n'),
    codeSource,
    legalBasis,
    sourceDatabase: source?.database?.name ?? null,
    sourceAgency: source?.agency ? agencyCell(source.agency) : null,
    sharing: term.sharing === null ? null : CLASS_WORDS[term.sharing],
    state: STATE_WORDS[term.state],
  };
}

/** Null for a row with a fault. */
export function readTermRow(row: Row, named: Named): TermContent | null {
  const code = row.requiredText('code', 200);
  if (code !== null && !TERM_CODE.test(code))
    row.fault('code', 'not-a-code', { value: quoted(code), max: 64 });
  const name = row.requiredText('name', LIMITS.name);
  if (!row.has('meaning')) row.fault('meaning', 'required');
  const meaning = row.text('meaning', LIMITS.meaning, true);
  if (!row.has('type')) row.fault('type', 'required');
  const type = row.word('type', TYPE_WORDS);
  const others = {
    englishName: row.text('englishName', LIMITS.name),
    codes: readCodes(row),
    codeSource: row.text('codeSource', LIMITS.document),
    legalBasis: row.text('legalBasis', LIMITS.document),
    sourceOfTruth: readSource(row, named),
    sharing: row.word('sharing', CLASS_WORDS),
    state: row.word('state', STATE_WORDS) ?? 'in-use',
  };
  if (code === null || name === null || meaning === null || type === null || row.isFaulty) return null;
  const content = { code, name, meaning, type, ...others };
  return isAllowed(row, content) ? content : null;
}

function isAllowed(row: Row, content: TermContent): boolean {
  try {
    checkTerm(content);
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    row.refuse('codes', error);
    return false;
  }
}

function readCodes(row: Row): TermCode[] {
  const text = row.text('codes', 32_767, true);
  if (text === null) return [];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const [, code = '', written = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
    const one = { code: code.trim(), name: normaliseText(written) };
    const isCode = LIST_CODE.test(one.code) && one.name !== '' && one.name.length <= LIMITS.codeName;
    if (isCode && index < MAX_CODES) return [one];
    row.fault('codes', 'not-a-code-line', { value: quoted(line), max: MAX_CODES });
    return [];
  });
}

function readSource(row: Row, { reference, databases }: Named): SourceOfTruth | null {
  const [databaseName, agencyName] = [row.text('sourceDatabase', 500), row.text('sourceAgency', 500)];
  if (databaseName !== null && agencyName !== null) row.fault('sourceAgency', 'one-source');
  if (databaseName !== null) {
    const database = databases.get(databaseName);
    if (database) return { database: { id: database.id, name: database.name }, agency: null };
    row.fault('sourceDatabase', 'unknown-database', { value: quoted(databaseName) });
  } else if (agencyName !== null) {
    const { known, unknown } = readAgencies(agencyName, reference);
    const [agency] = known;
    if (agency && known.length === 1 && unknown.length === 0) return { database: null, agency };
    row.fault('sourceAgency', 'unknown-agency', { value: quoted(agencyName) });
  }
  return null;
}
