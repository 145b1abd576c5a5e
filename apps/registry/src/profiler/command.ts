import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Clock } from '#libs/calendar';
import type { CheckContent } from '../quality/check-figures.js';
import { profileCsv } from './csv-source.js';
import { profileTable } from './postgres-source.js';
import { ProfileError, type ProfilePlan, readPlan } from './profile-plan.js';
import { sendCheck } from './send-check.js';
import type { TableFigures } from './table-profile.js';
import { latestIn } from './updated-at.js';

/** Name and version under which results are recorded. */
export const TOOL = 'ioc-profiler 1';

export const USAGE = `Profiles a CSV file or a PostgreSQL table and prints the results as JSON, as the registry takes them.

  npm run -s profile -- csv FILE [--plan FILE] [--encoding NAME] [--delimiter CHARACTER]
  npm run -s profile -- table NAME [--plan FILE]          (connection string in DATABASE_URL)

  --plan FILE            {"key": ["id"], "fields": {"day": {"type": "date"}, "sex": {"codes": ["nam", "nữ"]},
                         "phone": {"pattern": "0[0-9]{9}"}}}; types: text, integer, decimal, date, instant, boolean
  --updated-field NAME   field whose latest day or instant tells when the data last changed
  --note TEXT            note to the results
  --send URL             sends the results to …/v1/databases/{id}/quality-checks (access token in ACCESS_TOKEN)
`;

/** Where a run reads from and writes to. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  print: (text: string) => void;
  tell: (text: string) => void;
}

/**
 * Runs the command with its arguments; prints the results and, when asked to, sends them.
 *
 * @throws ProfileError whose message says what to do
 */
export async function profile(words: readonly string[], around: Surroundings): Promise<void> {
  const { kind, name, options } = readWords(words);
  const plan = options.plan === undefined ? NO_PLAN : readPlan(await readFile(options.plan, 'utf8'));
  const figures = await FIGURES[kind](name, plan, options, around);
  const { encodingErrors = null, ...rest } = figures;
  const updatedField = options['updated-field'];
  const content: CheckContent = {
    checkedAt: around.clock.now().toISOString(),
    tool: TOOL,
    ...rest,
    encodingErrors,
    dataUpdatedAt: updatedField === undefined ? null : latestIn(figures.fields, updatedField),
    note: options.note ?? null,
  };
  around.print(`${JSON.stringify(content, null, 2)}\n`);
  if (options.send === undefined) return;
  const token = around.environment['ACCESS_TOKEN'];
  if (!token) throw new ProfileError('--send needs an access token in ACCESS_TOKEN');
  await sendCheck(options.send, token, content);
  around.tell('The registry has recorded the results.\n');
}

const NO_PLAN: ProfilePlan = { key: [], fields: {} };

type Figures = TableFigures & { encodingErrors?: number };
type Options = ReturnType<typeof readWords>['options'];

const FIGURES: Readonly<
  Record<
    'csv' | 'table',
    (name: string, plan: ProfilePlan, options: Options, around: Surroundings) => Promise<Figures>
  >
> = {
  csv: (path, plan, { encoding, delimiter }, { tell }) => {
    const report = nowAndThen(tell);
    return profileCsv(path, plan, { encoding, delimiter }, (read, total) => {
      report(() => `${Math.floor((read * 100) / Math.max(total, 1))} % of ${total} bytes`);
    });
  },
  table: (name, plan, _, { environment, tell }) => {
    const url = environment['DATABASE_URL'];
    if (!url) throw new ProfileError('a table needs its connection string in DATABASE_URL');
    const report = nowAndThen(tell);
    return profileTable(url, name, plan, (records) => {
      report(() => `${records} records`);
    });
  },
};

function readWords(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        plan: text,
        encoding: text,
        delimiter: text,
        'updated-field': text,
        note: text,
        send: text,
      },
    });
    const [kind, name, ...more] = positionals;
    if ((kind !== 'csv' && kind !== 'table') || name === undefined || more.length > 0) {
      throw new ProfileError(USAGE);
    }
    return { kind, name, options: values } as const;
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    throw new ProfileError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const REPORT_MILLISECONDS = 1_000;

/** Tells how far it is, at most once a second. */
function nowAndThen(tell: (text: string) => void): (text: () => string) => void {
  let told = performance.now();
  return (text) => {
    if (performance.now() - told < REPORT_MILLISECONDS) return;
    told = performance.now();
    tell(`${text()}\n`);
  };
}
