import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SCOPES } from '#libs/contracts';
import { DataDir } from './data-dir.js';
import { readRunState } from './run-state.js';
import { developerClient } from './service-environment.js';
import { readSettings } from './settings.js';
import { UserError } from './user-error.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const USAGE = `Usage: npm run -s token -- SCOPE… [--agency CODE]\nScopes: ${SCOPES.join(' ')}`;

/** Prints an access token of the embedded issuer, for trying the API by hand. */
async function main(): Promise<void> {
  const { scopes, agency } = readArguments();
  const dataDir = new DataDir(readSettings(process.env, ROOT).dataDir);
  const state = dataDir.holder() === undefined ? undefined : readRunState(dataDir.runFile);
  if (!state?.ready) {
    throw new UserError(`The system does not run on ${dataDir.path}. Start it in another terminal: npm start`);
  }
  const { clientId, clientSecret } = developerClient(dataDir);
  const response = await fetch(`${state.urls.identity}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: scopes.join(' '),
      ...(agency === undefined ? {} : { agency }),
    }),
  });
  const answer = (await response.json()) as { access_token?: string; error?: string; error_description?: string };
  if (answer.access_token === undefined) {
    throw new UserError(`No token: ${answer.error_description ?? answer.error ?? `status ${response.status}`}`);
  }
  process.stdout.write(`${answer.access_token}\n`);
}

function readArguments(): { scopes: string[]; agency: string | undefined } {
  const { values, positionals } = parseArgs({ options: { agency: { type: 'string' } }, allowPositionals: true });
  const unknown = positionals.filter((scope) => !SCOPES.some((known) => known === scope));
  if (unknown.length > 0) throw new UserError(`Unknown scope: ${unknown.join(', ')}\n${USAGE}`);
  if (positionals.length === 0) throw new UserError(USAGE);
  return { scopes: positionals, agency: values.agency };
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
