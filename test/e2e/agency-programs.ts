import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { decode, encodeUser, fromPublic, fromSeed, type User } from '@nats-io/jwt';
import type { GrantAccess } from '#libs/agency-client';
import { grantsKeyFile } from '../support/bus-keeper.js';
import { until } from '../support/until.js';
import { type BusLab, good, RECEIVER } from './sharing-bus-lab.js';

const ROOT = process.cwd();
const program = (path: string): string => join(ROOT, 'dist', path);

/** Programs of an agency in processes of their own, with files of their own, and what they need of others. */
export class AgencyPrograms {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ioc-agency-'));
  private readonly children = new Set<ChildProcess>();

  constructor(private readonly lab: BusLab) {}

  stop(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }

  /** A program in a process of its own, as an agency would run it. */
  run(path: string, args: string[], environment: NodeJS.ProcessEnv) {
    const child = spawn(process.execPath, [program(path), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...environment },
    });
    this.children.add(child);
    const running = { child, output: '', exitCode: null as number | null };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (running.output += chunk.toString('utf8')));
    }
    child.once('close', (code) => {
      this.children.delete(child);
      running.exitCode = code ?? -1;
    });
    return running;
  }

  /** The access file of a new grant, by the command that agencies use. */
  async accessFile(grant: string): Promise<string> {
    const out = join(this.folder, `${grant}.json`);
    await until(async () => (await this.lab.connection(grant)).standing !== null);
    const token = await this.lab.lab.token(RECEIVER, 'sharing:request');
    const asked = this.run(
      'libs/agency-client/src/get-access.js',
      ['--registry', this.lab.bases[0]!, '--grant', grant, '--out', out],
      { TOKEN: token },
    );
    await until(() => asked.exitCode !== null);
    expect([asked.exitCode, asked.output]).toEqual([0, expect.stringContaining('It holds a secret')]);
    return out;
  }

  /** An issuer's token endpoint for a client of the receiving agency. */
  async tokenEndpoint(): Promise<{ url: string; close: () => void }> {
    const server = createServer((request, response) => {
      const isKnown =
        request.headers.authorization ===
        `Basic ${btoa('stc-mau:bí mật'.split(':').map(encodeURIComponent).join(':'))}`;
      void this.lab.lab.token(RECEIVER, 'sharing:request').then((token) => {
        response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isKnown ? { access_token: token } : { error: 'invalid_client' }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      close: () => server.close(),
    };
  }

  async withdraw(grant: string): Promise<void> {
    const receiver = await this.lab.as(RECEIVER);
    const { version } = await good<{ version: number }>(receiver(`/v1/grants/${grant}`));
    await good(
      receiver(`/v1/grants/${grant}/withdrawal`, {
        json: { reason: 'Không còn nhu cầu khai thác' },
        headers: { 'if-match': `"${version}"` },
      }),
    );
  }
}

export function readAccess(file: string): GrantAccess {
  return JSON.parse(readFileSync(file, 'utf8')) as GrantAccess;
}

/** The same access with an end in so many seconds, as the registry would sign it. */
export async function endingIn(seconds: number, access: GrantAccess): Promise<GrantAccess> {
  const [jwt] = /^[\w-]+\.[\w-]+\.[\w-]+$/m.exec(access.credentials)!;
  const { name, sub } = decode<User>(jwt);
  const { account, seed } = JSON.parse(readFileSync(grantsKeyFile(), 'utf8')) as Record<
    'account' | 'seed',
    string
  >;
  const shorter = await encodeUser(
    name,
    fromPublic(sub),
    fromPublic(account),
    {},
    {
      signer: fromSeed(Buffer.from(seed)),
      scopedUser: true,
      exp: Math.floor(Date.now() / 1_000) + seconds,
    },
  );
  return { ...access, credentials: access.credentials.replace(jwt, shorter) };
}
