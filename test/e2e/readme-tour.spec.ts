import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Overview, PORT_OFFSETS, PROCESSES } from '#libs/contracts';
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
    const readme = await readFile(`${ROOT}/README.md`, 'utf8');
    const blocks = [...readme.matchAll(/<!-- tour -->\n```sh\n([\s\S]*?)```/g)].map((match) => match[1]!);
    expect(blocks.length).toBeGreaterThanOrEqual(4);
    let script = blocks.join('\n');
    for (const name of PROCESSES) {
      script = script.replaceAll(`http://127.0.0.1:${8080 + PORT_OFFSETS[name]}`, system.url(name));
    }
    // Interactive, so that jobs can be named as in a terminal.
    const { stdout } = await promisify(execFile)('bash', ['-ec', `set -m\ncd "${ROOT}"\n${script}`], {
      env: system.environment,
      timeout: 60_000,
    });
    expect(stdout).toContain('"timeliness":"overdue"');
    expect(stdout).toContain('"lastDay":"2026-12-30"');
    expect(stdout).toContain('"lastDay":"2026-12-14"');
    // Once in the answer to the POST, once on the stream.
    expect(stdout.split('Báo cáo danh mục dữ liệu dùng chung (ví dụ)').length - 1).toBe(2);
  });
});
