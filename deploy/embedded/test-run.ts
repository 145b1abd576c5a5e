import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.js';
import { ensureNatsServer } from './nats-binary.js';
import { UserError } from './user-error.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface JestResults {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** Suites that broke before any of their tests ran; each counts as a failure. */
  numRuntimeErrorTestSuites: number;
}

/** Runs Jest with real servers; the last line it writes is `N passed, N failed, N skipped`. */
async function main(): Promise<boolean> {
  const natsServer = await ensureNatsServer(join(ROOT, '.data', 'bin'), say);
  await ensureChromium(say);
  const folder = mkdtempSync(join(tmpdir(), 'ioc-results-'));
  const resultsFile = join(folder, 'results.json');
  try {
    const code = await runJest(resultsFile, dirname(natsServer));
    const results = readResults(resultsFile);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
    return code === 0 && results.success;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runJest(resultsFile: string, natsFolder: string): Promise<number | null> {
  const options = process.argv.slice(2);
  const workers = options.some((option) => /^(-i|-w|--runInBand|--maxWorkers)/.test(option))
    ? []
    : ['--maxWorkers=2'];
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...['--json', `--outputFile=${resultsFile}`, ...workers, ...options],
    ],
    {
      cwd: ROOT,
      // Jest's own report goes to standard error; the JSON is in the file.
      stdio: ['inherit', 'ignore', 'inherit'],
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}${delimiter}${natsFolder}` },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function readResults(file: string): JestResults {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestResults;
  } catch {
    // Jest writes results whenever it got as far as looking for tests.
    throw new UserError('Jest ended before it ran any test; see its message above.');
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  say(error instanceof UserError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
