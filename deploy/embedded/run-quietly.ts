import { spawn } from 'node:child_process';

export interface RunOptions {
  user?: { uid: number; gid: number };
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end and keeps its output to itself.
 *
 * @throws Error with the end of its output when it fails or does not exist
 */
export async function runQuietly(
  command: string,
  args: string[],
  cwd: string,
  options: RunOptions = {},
): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...options.user,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} failed: ${output.trim()}`);
}
