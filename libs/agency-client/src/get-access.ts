import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fetchGrantAccess } from './grant-access.js';

const USAGE =
  'Usage: TOKEN=… npm run -s agency-access -- --registry URL --grant ID --out FILE\n' +
  'Stores connection and new credentials of a grant in FILE (readable by you only); those issued before end.';

const { values } = parseArgs({
  options: { registry: { type: 'string' }, grant: { type: 'string' }, out: { type: 'string' } },
});
const token = process.env['TOKEN'];
const { registry, grant, out } = values;
if (!registry || !grant || !out || !token) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
try {
  const access = await fetchGrantAccess(registry, token, grant);
  await writeFile(out, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  process.stdout.write(`Access to grant ${grant} is in ${out}. It holds a secret.\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
