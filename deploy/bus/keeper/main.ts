import { BusKeeper } from './bus-keeper.js';

/** The bus keeper as a container of its own; settings in docker-compose.yml. */
const keeper = await BusKeeper.start({
  url: process.env['NATS_URL'] ?? 'nats://nats:4222',
  folder: process.env['BUS_KEEPER_DIR'] ?? '/secrets',
  logFile: process.env['NATS_LOG_FILE'] ?? '/var/log/nats/nats.log',
  say: (text) => {
    process.stderr.write(`${text}\n`);
  },
});
process.stdout.write('The bus keeper is at work.\n');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void keeper.stop();
  });
}
