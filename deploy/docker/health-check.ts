import { get } from 'node:http';

/** Health check of a container: ends with 0 when the process in it says that it can do its work. */
const request = get(
  `http://127.0.0.1:${process.env['PORT'] ?? ''}/health/ready`,
  { timeout: 4_000 },
  (response) => {
    process.exit(response.statusCode === 200 ? 0 : 1);
  },
);
request.on('timeout', () => request.destroy());
request.on('error', () => {
  process.exit(1);
});
