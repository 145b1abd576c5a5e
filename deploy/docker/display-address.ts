import { loadEnvFile } from 'node:process';

/** In the container of the gateway: prints the address that opens the wall display without a login. */
loadEnvFile('/secrets/env');
const origin = process.env['IOC_PUBLIC_URL'] ?? '';
process.stdout.write(`${origin}/display/${process.env['DISPLAY_TOKEN'] ?? ''}\n`);
