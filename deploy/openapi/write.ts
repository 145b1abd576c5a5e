// Writes <folder>/<name>/openapi.json of every process; the folder is `apps` unless another one is named. Run it after a
// change of an API, and check in what it wrote.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOpenApi } from '#libs/http';
import { describedServices } from './services.js';

const folder = process.argv[2] ?? 'apps';
for (const service of describedServices) {
  const place = join(folder, service.name);
  await mkdir(place, { recursive: true });
  await writeOpenApi(service, join(place, 'openapi.json'));
  process.stdout.write(`${join(place, 'openapi.json')}\n`);
}
