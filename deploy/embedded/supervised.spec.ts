import { describe, expect, it } from '@jest/globals';
import { startServerProcess } from './server-process.js';
import type { ServerProcess } from './server-process.js';
import { Supervised } from './supervised.js';

function sleeper(): ServerProcess {
  return startServerProcess({
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1e6)'],
    logFile: '/dev/null',
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('Supervised', () => {
  it('starts a process again that ended by itself, and tells so', async () => {
    const said: string[] = [];
    const started: ServerProcess[] = [];
    const supervised = new Supervised(
      'tasks',
      () => {
        started.push(sleeper());
        return Promise.resolve(started.at(-1)!);
      },
      (text) => said.push(text),
    );
    const first = await supervised.start();
    process.kill(first.pid, 'SIGKILL');
    await until(() => started.length === 2);
    expect(said).toEqual(['tasks ended by itself (SIGKILL); it starts again in 0.5 s.']);
    await supervised.stop();
    expect(started.map((process) => process.running)).toEqual([false, false]);
    expect(supervised.pid).toBeUndefined();
  });

  it('leaves nothing running when it is told to stop while the process is still being started', async () => {
    let started: ServerProcess | undefined;
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const supervised = new Supervised(
      'PostgreSQL',
      async () => {
        await slow;
        return (started = sleeper());
      },
      () => undefined,
    );
    const starting = supervised.start();
    const stopping = supervised.stop();
    finish();
    await Promise.all([starting, stopping]);
    expect(started?.running).toBe(false);
  });
});
