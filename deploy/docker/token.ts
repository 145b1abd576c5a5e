import { loadEnvFile } from 'node:process';
import { readTokenRequest, requestToken } from '../token/request-token.js';

/** In the container of identity: prints an access token, for trying the API by hand. */
try {
  const request = readTokenRequest(
    process.argv.slice(2),
    'docker compose exec identity node dist/deploy/docker/token.js',
  );
  loadEnvFile('/secrets/env');
  const clientSecret = process.env['DEVELOPER_CLIENT_SECRET'];
  if (clientSecret === undefined) {
    throw new Error(
      'The client "developer" is off. For trials: IOC_DEVELOPER_CLIENT=on docker compose up -d --wait',
    );
  }
  const client = { clientId: 'developer', clientSecret };
  process.stdout.write(
    `${await requestToken(`http://127.0.0.1:${process.env['PORT'] ?? ''}`, client, request)}\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
