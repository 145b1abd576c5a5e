import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PROCESSES } from '#libs/contracts';
import type { ProcessName } from '#libs/contracts';
import type { BusKeeper } from '../bus/keeper/bus-keeper.js';
import { createBusKeys } from '../bus/keys.js';
import type { BusKeys } from '../bus/keys.js';
import { serverConfig } from '../bus/server-config.js';
import { createDatabases } from '../database/databases.js';
import { InstallationSecrets } from '../secrets/process-secrets.js';
import { readJson, writeJson } from '../secrets/secret-files.js';
import { DataDir } from './data-dir.js';
import { LogFile } from './log-file.js';
import { ensureNatsServer } from './nats-binary.js';
import { startNatsServer } from './nats-server.js';
import { choosePorts } from './ports.js';
import type { InternalPorts, Ports } from './ports.js';
import { startPostgres } from './postgres.js';
import { RunFile, dataDirArgument, mainOf, stopLeftBehindServices } from './run-state.js';
import { startServerProcess } from './server-process.js';
import { serviceEnvironment, urlOf } from './service-environment.js';
import type { Shared } from './service-environment.js';
import type { Settings } from './settings.js';
import { Supervised } from './supervised.js';
import { UserError } from './user-error.js';

/**
 * Megabytes of a half of the new space; Node's own 16 for all would take 30 MB more of each process. Lists of tasks
 * with 20 requests in flight took twice the processor time with 4, most of it for what did not fit.
 */
const NEW_SPACE: Readonly<Record<ProcessName, number>> = {
  tasks: 16,
  gateway: 4,
  registry: 4,
  budget: 2,
  staffing: 2,
  identity: 2,
};
/**
 * A service needs a third of the old space. Node's compile cache is left off: it would save 0.35 s of processor time at a
 * start and cost 15 MB for ever, six times. One helper thread for garbage and compiling: with V8's four, on two cores, some
 * runs of a service took twice the processor time for an answer as others.
 */
const nodeOptions = (name: ProcessName): string[] => [
  '--v8-pool-size=1',
  '--max-old-space-size=256',
  `--max-semi-space-size=${NEW_SPACE[name]}`,
];
/** Milliseconds between two looks at the length of the logs. */
const LOG_CHECK = 2_000;
/** Milliseconds for all processes to come up; the first start also migrates and loads the seeds. */
const READY_WITHIN = 180_000;

/** The whole system on one machine: PostgreSQL, the bus and six processes, started and stopped in order. */
export class Launcher {
  private readonly dataDir: DataDir;
  private readonly secrets: InstallationSecrets;
  private readonly services: Supervised[] = [];
  private readonly logs = new Map<string, LogFile>();
  private postgres: Supervised | undefined;
  private bus: Supervised | undefined;
  private busKeeper: BusKeeper | undefined;
  private runFile: RunFile | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    /** Folder of the checkout. */
    private readonly root: string,
    private readonly settings: Settings,
    private readonly say: (text: string) => void,
  ) {
    this.dataDir = new DataDir(settings.dataDir);
    this.secrets = new InstallationSecrets(settings.dataDir);
  }

  /**
   * Brings everything up.
   *
   * @returns the address of the wall display
   * @throws UserError when something does not start; what had started is still to be stopped by the caller
   */
  async start(): Promise<string> {
    const release = this.dataDir.lock();
    process.once('exit', release);
    setInterval(() => {
      for (const log of this.logs.values()) log.shorten();
    }, LOG_CHECK).unref();
    await stopLeftBehindServices(this.dataDir.runFile, this.dataDir.path);
    const ports = await this.ports();
    this.checkNotStopping();
    this.say('Starting PostgreSQL and the message bus …');
    const [, keys] = await Promise.all([this.startPostgres(ports), this.startBus(ports)]);
    this.checkNotStopping();
    this.say('Starting the services …');
    await this.startServices({
      secrets: this.secrets,
      ports,
      keys,
      exchangeLogArchive: this.dataDir.exchangeLogArchive,
    });
    return `${urlOf(ports, 'gateway')}/display/${this.secrets.displayToken()}`;
  }

  /** Stops the services first, so that they finish their work, then the bus, then PostgreSQL. Safe to call again. */
  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** Ends everything at once, without waiting. PostgreSQL and the bus recover at the next start. */
  kill(): void {
    for (const pid of [...this.services, this.bus, this.postgres].map((supervised) => supervised?.pid)) {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    }
  }

  private async stopInOrder(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await this.busKeeper?.stop();
    await this.bus?.stop();
    await this.postgres?.stop('SIGINT', 30_000);
    this.runFile?.remove();
  }

  /** What starts after the order to stop would be left running. */
  private checkNotStopping(): void {
    if (this.stopping) throw new UserError('Stopped while starting.');
  }

  private async ports(): Promise<Ports> {
    const remembered = (readJson(this.dataDir.portsFile) ?? {}) as Partial<InternalPorts>;
    const ports = await choosePorts(this.settings.portBase, remembered, this.say);
    writeJson(this.dataDir.portsFile, { postgres: ports.postgres, nats: ports.nats } satisfies InternalPorts);
    return ports;
  }

  private async startPostgres(ports: Ports): Promise<void> {
    const options = {
      dataDir: this.dataDir.postgres,
      port: ports.postgres,
      logFile: this.log('postgres').file,
    };
    let adminUrl = '';
    const launch = async () => {
      const postgres = await startPostgres(options);
      adminUrl = postgres.adminUrl;
      return postgres.process;
    };
    this.postgres = new Supervised('PostgreSQL', launch, this.say);
    await this.postgres.start();
    await createDatabases(adminUrl, this.secrets.databasePasswords());
  }

  private async startBus(ports: Ports): Promise<BusKeys> {
    const [program, keys] = await Promise.all([
      ensureNatsServer(this.dataDir.bin, this.say),
      createBusKeys(this.dataDir.busKeys),
    ]);
    const config = serverConfig(keys, { host: '127.0.0.1', port: ports.nats, storeDir: this.dataDir.nats });
    const logFile = this.log('nats').file;
    const options = { program, dataDir: this.dataDir.nats, port: ports.nats, config, logFile };
    this.bus = new Supervised('The message bus', () => startNatsServer(options), this.say);
    await this.bus.start();
    await this.startBusKeeper(ports, logFile);
    return keys;
  }

  /** Part of this process: one of its own would cost 50 MB, for what is asked of it a few times a day. */
  private async startBusKeeper(ports: Ports, logFile: string): Promise<void> {
    const { BusKeeper } = await import('../bus/keeper/bus-keeper.js');
    this.busKeeper = await BusKeeper.start({
      url: `nats://127.0.0.1:${ports.nats}`,
      folder: this.dataDir.busKeys,
      logFile,
      say: this.say,
    });
  }

  private async startServices(shared: Shared): Promise<void> {
    const { ports } = shared;
    const runFile = new RunFile(this.dataDir.runFile, {
      ready: false,
      urls: Object.fromEntries(PROCESSES.map((name) => [name, urlOf(ports, name)])) as Record<
        ProcessName,
        string
      >,
      natsUrl: `nats://127.0.0.1:${ports.nats}`,
      postgresPort: ports.postgres,
      pids: {},
    });
    this.runFile = runFile;
    await Promise.all(PROCESSES.map((name) => this.startService(name, shared, runFile)));
    runFile.ready();
  }

  private async startService(name: ProcessName, shared: Shared, runFile: RunFile): Promise<void> {
    const log = this.log(name);
    const main = join(this.root, mainOf(name));
    const env = serviceEnvironment(name, shared);
    const launch = () => {
      const service = startServerProcess({
        command: process.execPath,
        args: [...nodeOptions(name), main, dataDirArgument(this.dataDir.path)],
        cwd: this.root,
        env,
        ipc: true,
        logFile: log.file,
      });
      runFile.started(name, service.pid);
      return Promise.resolve(service);
    };
    const supervised = new Supervised(name, launch, this.say);
    this.services.push(supervised);
    const first = await supervised.start();
    const failed = first.ended.then(() => {
      throw new UserError(
        `${name} did not start. Its last words (all of them in ${log.file}):\n${log.tail()}`,
      );
    });
    await Promise.race([this.untilReady(name, urlOf(shared.ports, name)), failed]);
    failed.catch(() => undefined);
  }

  private async untilReady(name: ProcessName, url: string): Promise<void> {
    const deadline = performance.now() + READY_WITHIN;
    while (performance.now() < deadline) {
      if (await answersOk(`${url}/health/ready`)) return;
      await delay(100);
    }
    throw new UserError(`${name} does not get ready; see ${this.log(name).file}`);
  }

  private log(name: string): LogFile {
    const known = this.logs.get(name);
    if (known) return known;
    const log = new LogFile(join(this.dataDir.logs, `${name}.log`));
    this.logs.set(name, log);
    return log;
  }
}

/** Plain HTTP: `fetch` would cost this process, which only waits, 15 MB. */
async function answersOk(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(false);
    });
  });
}
