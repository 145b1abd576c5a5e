import { SystemClock } from '#libs/calendar';
import { profile } from './command.js';

try {
  await profile(process.argv.slice(2), {
    environment: process.env,
    clock: new SystemClock(),
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
