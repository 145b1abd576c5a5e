import { type ChildProcess, fork } from 'node:child_process';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.js';

interface Running {
  child: ChildProcess;
  messages: string[];
  log: () => string;
  exit: Promise<number | null>;
  url: () => string;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function path(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

function start(environment: NodeJS.ProcessEnv = { ISSUER_URL: 'urn:none' }): Running {
  const child = fork(path('http-lifecycle-process.ts'), {
    execArgv: ['--import', path('http-typescript.mjs')],
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.push(child);
  const messages: string[] = [];
  child.on('message', (message) => messages.push(message as string));
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  const url = (): string => messages.find((message) => message.startsWith('listening'))?.split(' ')[1] ?? '';
  return { child, messages, log: () => log, exit, url };
}

async function listening(service: Running): Promise<void> {
  await until(() => {
    if (service.child.exitCode !== null) throw new Error(service.log());
    return service.url() !== '';
  }, 30_000);
}

async function refused(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );
}

describe.each<NodeJS.Signals>(['SIGTERM', 'SIGINT'])('%s', (signal) => {
  it('lets requests in flight end, takes no new ones, closes resources and exits with 0', async () => {
    const service = start();
    await listening(service);
    const answer = fetch(`${service.url()}/v1/slow`);
    await until(() => service.messages.includes('request in flight'));
    service.child.kill(signal);
    await until(() => refused(service.url()));
    expect(service.messages).not.toContain('resources closed');
    service.child.send('go on');
    expect(await (await answer).json()).toEqual({ done: true });
    const answered = performance.now();
    expect(await service.exit).toBe(0);
    // Not held up by the connection that the client keeps for its next request.
    expect(performance.now() - answered).toBeLessThan(8_000);
    const order = service.messages.filter((message) => /done|closed/.test(message));
    expect(order).toEqual(['request done', 'resources closed']);
  });
});

it('a second signal changes nothing', async () => {
  const service = start();
  await listening(service);
  const answer = fetch(`${service.url()}/v1/slow`);
  await until(() => service.messages.includes('request in flight'));
  service.child.kill('SIGINT');
  service.child.kill('SIGTERM');
  await until(() => refused(service.url()));
  service.child.send('go on');
  expect((await answer).status).toBe(200);
  expect(await service.exit).toBe(0);
});

it('the loss of the parent stops it in the same way when it watches for that', async () => {
  const service = start({ ISSUER_URL: 'urn:none', IOC_PARENT_WATCH: '1' });
  await listening(service);
  service.child.disconnect();
  expect(await service.exit).toBe(0);
});

it('an error that nobody caught is logged and ends the process with 1', async () => {
  const service = start();
  await listening(service);
  await fetch(`${service.url()}/v1/stray`).catch(() => undefined);
  expect(await service.exit).toBe(1);
  expect(service.log()).toContain('nobody caught this');
  expect(service.log()).toContain('"level":"fatal"');
});

it('does not start without an issuer, and says what to do', async () => {
  const service = start({});
  expect(await service.exit).toBe(1);
  expect(service.log()).toContain('ISSUER_URL is not set');
});
