import { fileURLToPath } from 'node:url';
import { InstallationSecrets } from '../secrets/process-secrets.js';
import { readTokenRequest, requestToken } from '../token/request-token.js';
import { DataDir } from './data-dir.js';
import { readRunState } from './run-state.js';
import { readSettings } from './settings.js';
import { UserError } from './user-error.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Prints an access token of the embedded issuer, for trying the API by hand. */
async function main(): Promise<void> {
  const request = readTokenRequest(process.argv.slice(2), 'npm run -s token --');
  const dataDir = new DataDir(readSettings(process.env, ROOT).dataDir);
  const state = dataDir.holder() === undefined ? undefined : readRunState(dataDir.runFile);
  if (!state?.ready) {
    throw new UserError(
      `The system does not run on ${dataDir.path}. Start it in another terminal: npm start`,
    );
  }
  const client = new InstallationSecrets(dataDir.path).developerClient();
  process.stdout.write(`${await requestToken(state.urls.identity, client, request)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
