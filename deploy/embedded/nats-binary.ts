import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runQuietly } from './run-quietly.js';
import { UserError } from './user-error.js';

/** The release that is downloaded where no package is to be had, with the SHA-256 of its archives. */
const RELEASE = {
  version: '2.12.15',
  archives: {
    x64: { name: 'linux-amd64', sha256: '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e' },
    arm64: {
      name: 'linux-arm64',
      sha256: 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
    },
  } as Partial<Record<string, { name: string; sha256: string }>>,
};
const DOWNLOAD_WITHIN = 120_000;

/**
 * Path of nats-server: from PATH, or from the folder where an earlier start put it; undefined when there is none.
 */
export function findNatsServer(binDir?: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...(binDir ? [binDir] : []),
  ];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'nats-server'))
    .find(isExecutable);
}

/**
 * Path of nats-server, which is fetched into `binDir` when the machine has none: from Debian's package where apt is
 * there, else the official release. The package is only unpacked, since installing it would start a second, open
 * broker as a system service.
 *
 * @throws UserError that names the one thing to do
 */
export async function ensureNatsServer(binDir: string, say: (text: string) => void): Promise<string> {
  const found = findNatsServer(binDir);
  if (found !== undefined) return found;
  const failures: string[] = [];
  for (const [source, fetchInto] of [
    ["Debian's package", fromDebian],
    ['the official release', fromRelease],
  ] as const) {
    const workFolder = mkdtempSync(join(tmpdir(), 'ioc-nats-server-'));
    try {
      say(`Fetching nats-server from ${source} …`);
      return keep(await fetchInto(workFolder), binDir);
    } catch (error) {
      failures.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  }
  throw new UserError(
    'nats-server is missing and could not be fetched. Install it so that the command nats-server is found ' +
      `(https://github.com/nats-io/nats-server/releases, or: brew install nats-server), or put it into ${binDir}.\n` +
      failures.join('\n'),
  );
}

/** @returns path of the unpacked program */
async function fromDebian(folder: string): Promise<string> {
  const download = (): Promise<void> => runQuietly('apt-get', ['download', '-qq', 'nats-server'], folder);
  try {
    await download();
  } catch {
    // A fresh machine has no package lists yet; where we may not fetch them, the next line says so.
    await runQuietly('apt-get', ['update', '-qq'], folder);
    await download();
  }
  const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get downloaded nothing');
  await runQuietly('dpkg-deb', ['-x', archive, folder], folder);
  return join(folder, 'usr', 'sbin', 'nats-server');
}

async function fromRelease(folder: string): Promise<string> {
  const archive = process.platform === 'linux' ? RELEASE.archives[process.arch] : undefined;
  if (!archive) throw new Error(`no pinned release for ${process.platform} ${process.arch}`);
  const name = `nats-server-v${RELEASE.version}-${archive.name}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${RELEASE.version}/${name}.tar.gz`;
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_WITHIN) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const content = Buffer.from(await response.arrayBuffer());
  if (createHash('sha256').update(content).digest('hex') !== archive.sha256) {
    throw new Error(`${url} is not the file that was expected (SHA-256 differs)`);
  }
  writeFileSync(join(folder, 'archive.tar.gz'), content);
  await runQuietly('tar', ['-xzf', 'archive.tar.gz'], folder);
  return join(folder, name, 'nats-server');
}

function keep(program: string, binDir: string): string {
  mkdirSync(binDir, { recursive: true });
  const target = join(binDir, 'nats-server');
  copyFileSync(program, target);
  chmodSync(target, 0o755);
  return target;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: the next folder.
    return false;
  }
}
