import { readTokenRequest, requestToken } from '../token/request-token.js';

/** In the container of identity: prints an access token, for trying the API by hand. */
try {
  const request = readTokenRequest(process.argv.slice(2), 'docker compose exec identity deploy/docker/token');
  const client = { clientId: 'developer', clientSecret: process.env['DEVELOPER_CLIENT_SECRET'] ?? '' };
  process.stdout.write(`${await requestToken(`http://127.0.0.1:${process.env['PORT'] ?? ''}`, client, request)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
