import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgencyClient } from '#libs/agency-client';
import { until } from '../support/until.js';
import { Province } from './sharing/province.js';
import { exactNow, quantiles } from './sharing/quantiles.js';

/**
 * From the change of a task to the handler of an agency that holds a grant, on the whole system as `npm start` brings
 * it up, idle. The clock starts when the service writes the event, which is before its commit, and is cut to whole
 * milliseconds: what is printed is more than the time from the commit. `npm run bench:sharing`.
 */
const COUNT = Number(process.env['COUNT'] ?? 500);
const WARM_UP = 100;
const PAUSE_MILLISECONDS = 40;
const RECEIVER = 'STC';

const province = await Province.start();
const { system } = province;
try {
  const grant = await province.grant(RECEIVER, await province.datasetIdOf('tasks.task'));
  const client = await AgencyClient.connect(await province.access(RECEIVER, grant), RECEIVER);
  const times: number[] = [];
  let held = 0;
  const following = client.follow((events) => {
    const now = exactNow();
    held += events.length;
    times.push(...events.map(({ time }) => now - Date.parse(time)));
    return Promise.resolve();
  });
  const authorization = `Bearer ${await system.token('tasks:read', 'tasks:assign')}`;
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await fetch(system.url('tasks') + path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as { id: string };
  };
  const directive = await post('/v1/directives', {
    kind: 'letter',
    issuer: 'VPUBND',
    subject: 'Đo thời gian',
  });
  await sleep(1_000);
  const state = held;
  for (let number = 0; number < WARM_UP + COUNT; number += 1) {
    if (number === WARM_UP) times.length = 0;
    const before = held;
    await post('/v1/tasks', { directiveId: directive.id, title: `Phép đo số ${number}.`, leads: ['SKHCN'] });
    await until(() => held > before, 5_000);
    await sleep(PAUSE_MILLISECONDS);
  }
  process.stdout.write(
    `${cpus().length} cores; state of ${state} tasks, then ${COUNT} changes one by one, idle\n` +
      `event written → agency's handler (aim: p50 ≤ 5 ms, p99 ≤ 20 ms): ${quantiles(times)}\n`,
  );
  await client.close();
  await following;
} finally {
  await system.stop();
}
process.exit();
