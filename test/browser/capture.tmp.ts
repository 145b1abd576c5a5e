import { launchChromium } from './chromium.js';
import { fixtureOverview } from './fixture-overview.js';
import { FixtureGateway } from './fixture-gateway.js';
const [,, w='1920', h='1080', query='', out='/tmp/shot.png', mode=''] = process.argv;
const now = new Date();
let o = fixtureOverview(now);
if (mode === 'stale') o = { ...o, health: { ...o.health, services: o.health.services.map((s, i) => i % 2 ? { ...s, state: 'down' as const } : s) } };
if (mode === 'staletasks') o = { ...o, health: { ...o.health, services: o.health.services.map((s, i) => i === 0 ? { ...s, lastEventAt: new Date(now.getTime()-600000).toISOString(), state: 'down' as const } : s) } };
const g = await FixtureGateway.start('/tmp/wall-build', o);
if (mode === '401') g.authorised = false;
const b = await launchChromium();
const p = await b.newPage({ viewport: { width: +w, height: +h } });
p.on('console', m => console.log('console', m.type(), m.text()));
p.on('pageerror', e => console.log('pageerror', e));
await p.goto(g.address + query);
await p.waitForTimeout(1500);
if (mode === 'broken') { await g.goAway(); await p.waitForTimeout(5000); }
if (mode === 'change') { g.push({ tasks: { ...o.tasks, total: 47, byTimeliness: {...o.tasks.byTimeliness, overdue: 27, dueSoon: 3 } }, staffing: {...o.staffing, units: {total:65, answered: 23}, itStaff: 31 } }); await p.waitForTimeout(800); }
await p.screenshot({ path: out });
await b.close(); await g.stop();
