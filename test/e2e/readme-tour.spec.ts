import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgencyClient, type GrantAccess } from '#libs/agency-client';
import { type Overview, PORT_OFFSETS, PROCESSES } from '#libs/contracts';
import { Browser } from '../../apps/identity/src/testing/browser.js';
import { EmbeddedSystem } from '../support/embedded-system.js';
import { until } from '../support/until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('a new user', () => {
  let system: EmbeddedSystem;

  beforeAll(async () => {
    system = await EmbeddedSystem.start();
  }, 150_000);

  afterAll(async () => {
    await system.stop();
  });

  it("finds the seeds' figures on the gateway", async () => {
    const authorization = `Bearer ${await system.token('ioc:read')}`;
    const read = async (): Promise<Overview> => {
      const answer = await fetch(`${system.url('gateway')}/ioc/v1/overview?year=2023`, {
        headers: { authorization },
      });
      return (await answer.json()) as Overview;
    };
    await until(async () => (await read()).health.services.every(({ state }) => state === 'ok'));
    const { tasks, budget, registry, staffing } = await read();
    expect(tasks.total).toBe(70);
    expect(budget.projects).toMatchObject({ count: 24, totalCost: 522_233_600_000 });
    expect(budget.projects.plannedByYear['2023']).toBe(113_923_600_000);
    expect(budget.activities).toEqual({
      count: 21,
      requested: 40_617_142_156,
      allocated: 3_700_000_000,
      supplement: 36_939_353_156,
    });
    expect(staffing.units).toEqual({ total: 65, answered: 0 });
    expect(registry.databases.total).toBeGreaterThan(0);
  });

  it("can paste the README's tour", async () => {
    const stdout = await pasted('README.md');
    expect(stdout).toContain('"timeliness":"overdue"');
    expect(stdout).toContain('"lastDay":"2026-12-30"');
    expect(stdout).toContain('"lastDay":"2026-12-14"');
    // Once in the answer to the POST, once on the stream.
    expect(stdout.split('Báo cáo danh mục dữ liệu dùng chung (ví dụ)').length - 1).toBe(2);
  });

  it("can paste the agencies' guide", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ioc-guide-'));
    const stdout = await pasted('docs/agencies.md', ['access.json', join(folder, 'access.json')]);
    expect(stdout).toContain('"type":"vn.ioc.tasks.task.');
    expect(stdout).toContain('"start":"state"');
    expect(stdout).toContain('It holds a secret');
    const access = JSON.parse(await readFile(join(folder, 'access.json'), 'utf8')) as GrantAccess;
    expect(access.connection.stream).toBe('TASKS');
    const client = await AgencyClient.connect(access, 'SYT');
    let held = 0;
    const following = client.follow((events) => {
      held += events.length;
      return Promise.resolve();
    });
    await until(() => held >= 70);
    await client.close();
    await following;
    await rm(folder, { recursive: true });
  });

  it("can make an account for the exchange log's pages, with which somebody logs in", async () => {
    const stdout = await pasted('apps/registry/src/exchange-log/README.md');
    const { username, password } = JSON.parse(stdout) as { username: string; password: string };
    const [issuer, registry] = [system.url('identity'), system.url('registry')];
    const page = await fetch(`${registry}/exchange-log`);
    expect([page.url, page.status]).toEqual([`${registry}/exchange-log/`, 200]);
    const settings = await fetch(`${registry}/exchange-log/settings.json`);
    expect(await settings.json()).toEqual({ issuer, clientId: 'registry-pages' });

    const verifier = randomBytes(32).toString('base64url');
    const redirect = { client_id: 'registry-pages', redirect_uri: `${registry}/exchange-log/` };
    const login = new URLSearchParams({
      ...redirect,
      response_type: 'code',
      scope: 'openid registry:read sharing:request sharing:decide',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const browser = new Browser(issuer);
    const first = await browser.submit(await browser.open(`/auth?${login.toString()}`), {
      username,
      password,
    });
    const own = 'mật khẩu của riêng tôi';
    const back = await browser.submit(first, { username, password, 'new-password': own, repeated: own });
    expect(back.url.href).toContain(`${registry}/exchange-log/?code=`);
    const code = back.url.searchParams.get('code') ?? '';
    const form = { ...redirect, grant_type: 'authorization_code', code, code_verifier: verifier };
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { origin: registry },
      body: new URLSearchParams(form),
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(registry);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const standing = await fetch(`${registry}/v1/exchange-log/standing`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await standing.json()).toMatchObject({ agency: 'STC', seesAll: false });
  });

  /** What the marked blocks of a document print, run one after the other in one shell. */
  async function pasted(document: string, ...changes: [string, string][]): Promise<string> {
    const text = await readFile(`${ROOT}/${document}`, 'utf8');
    const blocks = [...text.matchAll(/<!-- tour -->\n```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
    expect(blocks.length).toBeGreaterThan(0);
    let script = blocks.join('\n');
    for (const name of PROCESSES) {
      script = script.replaceAll(`http://127.0.0.1:${8080 + PORT_OFFSETS[name]}`, system.url(name));
    }
    for (const [written, instead] of changes) script = script.replaceAll(written, instead);
    // Interactive, so that jobs can be named as in a terminal.
    const { stdout } = await promisify(execFile)('bash', ['-ec', `set -m\ncd "${ROOT}"\n${script}`], {
      env: system.environment,
      timeout: 60_000,
    });
    return stdout;
  }
});
