/**
 * Shows that each case of the compliance suite can fail: takes one guarantee at a time out of a copy of the built
 * programs and demands that the case which watches over it fails. Run after a build:
 *
 *     node --import ./test/e2e/http-typescript.mjs test/messaging/mutations/run.ts [words of a guarantee, suite or case]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Change, Mutation } from './mutation.js';
import { OF_CONSUMERS } from './of-consumers.js';
import { OF_PUBLISHERS } from './of-publishers.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILT = process.env['TEST_PROGRAMS'] ?? ROOT;

interface Outcome {
  hasFailed: boolean;
  /** First line of what the case said. */
  because: string;
}

function main(words: string): boolean {
  const chosen = [...OF_PUBLISHERS, ...OF_CONSUMERS].filter(({ guarantee, suite, test }) =>
    `${guarantee} ${suite} ${test}`.includes(words),
  );
  const survivors = chosen.filter((mutation) => !isSeen(mutation));
  say(`\n${chosen.length - survivors.length} of ${chosen.length} taken-out guarantees were seen to fail`);
  return survivors.length === 0 && chosen.length > 0;
}

function isSeen(mutation: Mutation): boolean {
  const programs = copyPrograms();
  try {
    for (const change of mutation.changes) apply(programs, change);
    const { hasFailed, because } = runCase(programs, mutation);
    say(`${hasFailed ? 'fails ' : 'PASSES'} | ${mutation.guarantee} | ${mutation.test} | ${because}`);
    return hasFailed;
  } finally {
    rmSync(programs, { recursive: true });
  }
}

/** The compiled programs are copied; what they only read is not. */
function copyPrograms(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-mutation-'));
  cpSync(join(BUILT, 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const name of ['node_modules', 'apps', 'libs']) symlinkSync(join(ROOT, name), join(folder, name));
  return folder;
}

function apply(programs: string, { file, search, replace }: Change): void {
  const path = join(programs, 'dist', file);
  const parts = readFileSync(path, 'utf8').split(search);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, not once: ${search}`);
  writeFileSync(path, parts.join(replace));
}

function runCase(programs: string, { suite, test }: Mutation): Outcome {
  const results = join(programs, 'results.json');
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
      ...[
        '--runInBand',
        '--json',
        `--outputFile=${results}`,
        '-t',
        literally(test),
        `test/messaging/${suite}`,
      ],
    ],
    { cwd: ROOT, stdio: 'ignore', env: { ...process.env, TEST_PROGRAMS: programs } },
  );
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const own = testResults.flatMap((file) => file.assertionResults).filter(({ title }) => title === test);
  const messages = own.flatMap(({ failureMessages }) => failureMessages);
  if (
    own.length !== 1 ||
    messages.some((message) => /did not start|could not be set|Stage\.heal/.test(message))
  ) {
    throw new Error(`the case could not even begin: ${test}\n${messages.join('\n').slice(0, 2_000)}`);
  }
  return { hasFailed: own[0]!.status === 'failed', because: gist(messages[0] ?? '') };
}

function literally(text: string): string {
  return `${text.replace(/[^\w\s]/g, '\\$&')}$`;
}

/** What was expected and received, or the first line, without colours. */
function gist(message: string): string {
  // eslint-disable-next-line no-control-regex -- Jest colours what it writes
  const lines = message.replace(/\u001b\[\d+m/g, '').split('\n');
  const values = lines
    .filter((line) => /^\s*(Expected|Received|[-+] {2,}\S)/.test(line))
    .map((line) => line.trim());
  return [lines[0] ?? '', ...values].join(' ').slice(0, 160);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = main(process.argv.slice(2).join(' ')) ? 0 : 1;
