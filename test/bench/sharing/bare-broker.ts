import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  type JetStreamClient,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { encodeUser, fmtCreds, fromPublic, fromSeed } from '@nats-io/jwt';
import { createUser } from '@nats-io/nkeys';
import { connect, credsAuthenticator, nanos, type NatsConnection } from '@nats-io/transport-node';
import type { GrantAccess } from '#libs/agency-client';
import { AGENCY_API_PREFIX, AGENCY_STREAM, AGENCY_SUBJECT, grantConsumer } from '#libs/contracts';
import { type BusKeys, createBusKeys } from '../../../deploy/bus/keys.js';
import { serverConfig } from '../../../deploy/bus/server-config.js';
import { freePort } from '../../../deploy/embedded/free-port.js';
import { findNatsServer } from '../../../deploy/embedded/nats-binary.js';
import { startNatsServer } from '../../../deploy/embedded/nats-server.js';
import type { ServerProcess } from '../../../deploy/embedded/server-process.js';

/**
 * The broker alone, with stream, consumers and users as the registry makes them, but without registry and database, and
 * without the reports of acknowledgements: what this machine can do at most.
 */
export class BareBroker {
  private constructor(
    private readonly server: ServerProcess,
    private readonly keys: BusKeys,
    private readonly folder: string,
    private readonly url: string,
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  static async start(): Promise<BareBroker> {
    const folder = mkdtempSync(join(tmpdir(), 'ioc-bare-'));
    const keys = await createBusKeys(join(folder, 'bus'));
    const port = await freePort();
    const program = findNatsServer();
    if (program === undefined) throw new Error('nats-server is not installed');
    const config = serverConfig(keys, { host: '127.0.0.1', port, storeDir: folder });
    const logFile = join(folder, 'nats.log');
    const server = await startNatsServer({ program, dataDir: folder, port, config, logFile });
    const url = `nats://127.0.0.1:${port}`;
    const connection = await connect({
      servers: url,
      inboxPrefix: '_INBOX.admin',
      authenticator: credsAuthenticator(readFileSync(keys.credentialsFile('admin'))),
      noAsyncTraces: true,
    });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({
      name: AGENCY_STREAM,
      subjects: [`${AGENCY_SUBJECT}.*.*`],
      max_msgs_per_subject: 64,
      duplicate_window: nanos(2_000),
      allow_direct: true,
    });
    return new BareBroker(server, keys, folder, url, connection, manager);
  }

  get pid(): number {
    return Number(readFileSync(join(this.folder, 'nats.pid'), 'utf8'));
  }

  get stream(): JetStreamClient {
    return jetstream(this.connection);
  }

  async grant(dataset: string): Promise<GrantAccess> {
    const consumer = grantConsumer(crypto.randomUUID());
    await this.manager.consumers.add(AGENCY_STREAM, {
      durable_name: consumer,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.LastPerSubject,
      filter_subject: `${AGENCY_SUBJECT}.${dataset}.*`,
      ack_wait: nanos(30_000),
      max_ack_pending: 1_000,
      max_deliver: -1,
    });
    const { account, seed } = JSON.parse(readFileSync(this.keys.grantsKeyFile, 'utf8')) as {
      account: string;
      seed: string;
    };
    const user = createUser();
    const jwt = await encodeUser(
      consumer,
      fromPublic(user.getPublicKey()),
      fromPublic(account),
      { tags: [] },
      { signer: fromSeed(Buffer.from(seed)), scopedUser: true },
    );
    return {
      connection: {
        servers: [this.url],
        stream: AGENCY_STREAM,
        consumer,
        inboxPrefix: `_INBOX.${consumer}`,
        apiPrefix: AGENCY_API_PREFIX,
      },
      credentials: Buffer.from(fmtCreds(jwt, user)).toString('utf8'),
      datasets: [],
    };
  }

  async stop(): Promise<void> {
    await this.connection.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
