import { mkdtempSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Postgres } from '../../deploy/embedded/postgres.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface TestCluster {
  postgres: Postgres;
  folder: string;
}

declare global {
  // Jest hands nothing from setup to teardown but the global object of its main process.
  var testCluster: TestCluster | undefined;
}

// Jest compiles what it loads here but, unlike in suites, does not look for the TypeScript of `./x.js` and `#libs/x`.
registerHooks({
  resolve: (specifier, context, next) => {
    if (context.parentURL?.endsWith('.ts') !== true) return next(specifier, context);
    const library = /^#libs\/(.+)$/.exec(specifier)?.[1];
    if (library !== undefined) return next(join(ROOT, 'libs', library, 'src/index.ts'), context);
    return next(specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});

/** One PostgreSQL for the whole run, durable as in production; suites make their own databases in it. */
export default async function startCluster(): Promise<void> {
  const { createBusKeys } = await import('../../deploy/bus/keys.js');
  const { freePort } = await import('../../deploy/embedded/free-port.js');
  const { startPostgres } = await import('../../deploy/embedded/postgres.js');
  const folder = mkdtempSync(join(tmpdir(), 'ioc-test-'));
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    settings: { max_connections: '300' },
  });
  void postgres.process.ended.then(({ code }) => {
    if (code !== 0) process.stderr.write(`PostgreSQL of the tests ended:\n${postgres.process.output()}\n`);
  });
  process.env['TEST_POSTGRES_URL'] = postgres.adminUrl;
  process.env['TEST_BUS_KEYS'] = join(folder, 'bus');
  await createBusKeys(join(folder, 'bus'));
  globalThis.testCluster = { postgres, folder };
}
