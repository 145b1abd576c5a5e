import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dyingWithParent, hasSetpriv } from './server-process.js';
import type { CommandLine } from './server-process.js';
import { UserError } from './user-error.js';

export interface UnprivilegedCommand extends CommandLine {
  /** For spawn, where no setpriv is there to do it. */
  user?: { uid: number; gid: number };
}

/** The account of Unix systems that owns nothing; used only where this process is root. */
const NOBODY = { uid: 65534, gid: 65534 };

export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * How to run a program that refuses to run as root. As an ordinary user: unchanged. As root: as `nobody`, who keeps
 * one capability, to pass through folders it may not read, for a checkout under a private home folder.
 *
 * @param program absolute path; checked to be runnable this way
 * @throws UserError when root cannot give up its rights here
 */
export function unprivileged(program: string): (args: string[]) => UnprivilegedCommand {
  if (!runsAsRoot()) return (args) => dyingWithParent(program, args);
  const identity = ['--reuid', String(NOBODY.uid), '--regid', String(NOBODY.gid), '--clear-groups'];
  const passThrough = ['--inh-caps', '+dac_read_search', '--ambient-caps', '+dac_read_search'];
  const ways: ((args: string[]) => UnprivilegedCommand)[] = [
    ...(hasSetpriv()
      ? [
          (args: string[]) => dyingWithParent(program, args, [...identity, ...passThrough]),
          (args: string[]) => dyingWithParent(program, args, identity),
        ]
      : []),
    (args) => ({ command: program, args, user: NOBODY }),
  ];
  const way = ways.find((candidate) => runs(candidate(['--version'])));
  if (way) return way;
  throw new UserError(
    `PostgreSQL refuses to run as root, and ${program} cannot be run as the user "nobody" here. ` +
      'Run npm start as an ordinary user, or move this folder to where every user may read it (for example /srv).',
  );
}

function runs(command: UnprivilegedCommand): boolean {
  return spawnSync(command.command, command.args, { stdio: 'ignore', ...command.user }).status === 0;
}

/** Mode for a private folder above one of the unprivileged user: where that is somebody else, he may pass through. */
export function passableMode(): number {
  return runsAsRoot() ? 0o711 : 0o700;
}

/** Gives a folder and all in it to the unprivileged user where this process is root; does nothing otherwise. */
export function giveToUnprivileged(path: string): void {
  if (!runsAsRoot()) return;
  const status = lstatSync(path);
  if (status.uid !== NOBODY.uid || status.gid !== NOBODY.gid) chownSync(path, NOBODY.uid, NOBODY.gid);
  if (!status.isDirectory()) return;
  for (const entry of readdirSync(path)) giveToUnprivileged(join(path, entry));
}
