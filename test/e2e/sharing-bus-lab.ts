import { randomUUID } from 'node:crypto';
import { type Consumer, jetstream, type JetStreamClient } from '@nats-io/jetstream';
import {
  connect,
  type ConnectionOptions,
  credsAuthenticator,
  type NatsConnection,
} from '@nats-io/transport-node';
import type { BusKeeper } from '../../deploy/bus/keeper/bus-keeper.js';
import type { IssuedCredentialView } from '../../apps/registry/src/delivery/bus/credentials/credential.view.js';
import type { ConnectionView } from '../../apps/registry/src/delivery/bus/grants/connection.view.js';
import { registryService } from '../../apps/registry/src/service.js';
import { BusAdmin, connectAs } from '../support/bus-admin.js';
import { grantsKeyFile, startBusKeeper } from '../support/bus-keeper.js';
import type { TestNats } from '../support/nats.js';
import { until } from '../support/until.js';
import { type Answer, type Caller, DataServiceLab, faultsOf } from './data-service.js';
import { TASK_TYPE, taskEvent } from './task-event.js';

export const PROVIDER = 'SKHCN';
export const RECEIVER = 'STC';
export const DAY = 86_400_000;

/** A record of the exchange log, as far as these tests look at it. */
export interface LogRecord {
  kind: string;
  grant?: string | null;
  agency?: string | null;
  credential?: string | null;
  attempted?: string;
  why?: string;
  count: number;
}

/**
 * The registry on a broker with its keeper, and a test that plays the tasks service. The broker's clock is the
 * machine's, so the registry's begins there, too.
 */
export class BusLab {
  private constructor(
    readonly lab: DataServiceLab,
    readonly bases: string[],
    public keeper: BusKeeper,
    readonly admin: BusAdmin,
    private readonly tasks: NatsConnection,
    private readonly publisher: JetStreamClient,
    private readonly connections: NatsConnection[],
  ) {}

  /** @param replicas of the registry @param now of the registry, when it is not the machine's */
  static async open(replicas = 1, now = new Date()): Promise<BusLab> {
    const lab = await DataServiceLab.open('registry', registryService);
    const nats = lab['nats'];
    process.env['SHARING_GRANTS_KEY_FILE'] = grantsKeyFile();
    process.env['BUS_PUBLIC_URL'] = nats.url;
    lab.clock.set(now.toISOString());
    const [keeper, admin, tasks] = await Promise.all([
      startBusKeeper(nats),
      BusAdmin.connect(nats),
      connectAs(nats, 'tasks'),
    ]);
    const made = new BusLab(lab, [], keeper, admin, tasks, jetstream(tasks), []);
    await made.makeTaskStream();
    for (let replica = 0; replica < replicas; replica += 1) made.bases.push(await lab.start());
    await made.insertTaskDataset();
    return made;
  }

  get nats(): TestNats {
    return this.lab['nats'];
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
    await Promise.all([this.tasks.close(), this.admin.close(), this.keeper.stop()]);
    await this.lab.close();
  }

  as(agency: string, replica = 0): Promise<Caller> {
    const scopes = ['registry:read', 'registry:write', 'sharing:request', 'sharing:decide'] as const;
    return this.lab.as(this.bases[replica]!, agency, ...scopes);
  }

  async makeTaskStream(): Promise<void> {
    await this.admin.manager.streams.add({
      name: 'TASKS',
      subjects: ['ioc.tasks.>'],
      max_msgs_per_subject: 64,
      allow_direct: true,
    });
  }

  /** A dataset that must be shared, so that whoever asks has a grant at once. */
  private async insertTaskDataset(): Promise<void> {
    await this.lab.rows(
      `INSERT INTO sharing_dataset (id, version, code, service, provider, title, meaning, stream, subject, event_types,
         fields, schema, classification, access, master, state, search, created_at, updated_at)
       VALUES ('${randomUUID()}', 1, 'test.task', 'tasks', '${PROVIDER}', '{"vi":"Nhiệm vụ","en":"Tasks"}',
         '{"vi":"","en":""}', 'TASKS', 'ioc.tasks.task.*', '{${TASK_TYPE}}', '[]', '{}', 'shared', 'mandatory', false,
         'open', 'test.task', now(), now())`,
    );
  }

  /** A grant of the tasks' dataset, or of another one that must be shared, asked for over HTTP. */
  async grant(
    receiver = RECEIVER,
    method = 'sync',
    { validUntil = dayIn(200), datasetCode = 'test.task' } = {},
  ): Promise<string> {
    const caller = await this.as(receiver);
    const [dataset] = await this.lab.rows<{ id: string }>(
      `SELECT id FROM sharing_dataset WHERE code = '${datasetCode}'`,
    );
    const request = await good<{ grantId: string }>(
      caller('/v1/sharing-requests', {
        json: {
          datasetId: dataset!.id,
          purpose: 'Tổng hợp báo cáo phục vụ chỉ đạo, điều hành',
          legalGround: 'Kế hoạch của UBND tỉnh',
          validFrom: this.lab.clock.today(),
          validUntil,
          method,
          contact: { name: 'Phòng Chuyển đổi số' },
        },
      }),
    );
    return request.grantId;
  }

  async credentials(grant: string, receiver = RECEIVER): Promise<IssuedCredentialView> {
    const caller = await this.as(receiver);
    return good(caller(`/v1/grants/${grant}/credentials`, { json: {} }));
  }

  async connection(grant: string, receiver = RECEIVER): Promise<ConnectionView> {
    return good((await this.as(receiver))(`/v1/grants/${grant}/connection`));
  }

  /** A connection as the receiver of a grant. */
  async receive(
    issued: Pick<IssuedCredentialView, 'credentials' | 'inboxPrefix'>,
    options: ConnectionOptions = {},
  ): Promise<NatsConnection> {
    const connection = await connect({
      servers: this.nats.url,
      authenticator: credsAuthenticator(Buffer.from(issued.credentials ?? '')),
      inboxPrefix: issued.inboxPrefix,
      reconnect: false,
      ...options,
    });
    this.connections.push(connection);
    return connection;
  }

  /** The receiver's consumer, once it is there. */
  async consumer(connection: NatsConnection, grant: string, receiver = RECEIVER): Promise<Consumer> {
    await until(async () => (await this.connection(grant, receiver)).standing !== null);
    const { stream, consumer, apiPrefix } = await this.connection(grant, receiver);
    return jetstream(connection, { apiPrefix }).consumers.get(stream, consumer);
  }

  /** Publishes a version of a task as the tasks service would; answers its place in the stream. */
  async publish(id: string, sequence: number, state: object = {}): Promise<number> {
    const { subject, data, headers } = taskEvent(id, sequence, state);
    return (await this.publisher.publish(subject, data, { headers })).seq;
  }

  /** All records of the log, sealed. */
  async records(): Promise<LogRecord[]> {
    const rows = await this.lab.rows<{ line: string }>('SELECT line FROM exchange_record ORDER BY sequence');
    return rows.map(({ line }) => JSON.parse(line) as LogRecord);
  }

  /** Places in the stream that the log has as delivered by a grant, or as sent and not acknowledged. */
  async logged(grant: string, note: 'sent-not-acknowledged' | null = null): Promise<number[]> {
    const rows = await this.lab.rows<{ sequence: number }>(
      `SELECT (message ->> 'sequence')::int AS sequence
       FROM exchange_record, jsonb_array_elements(line::jsonb -> 'messages') message
       WHERE kind = 'delivery' AND line::jsonb ->> 'grant' = '${grant}'
         AND line::jsonb ->> 'note' IS NOT DISTINCT FROM ${note === null ? 'NULL' : `'${note}'`}
       ORDER BY exchange_record.sequence`,
    );
    return rows.map(({ sequence }) => sequence);
  }
}

/** The day that many days from now, yyyy-MM-dd. */
export function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

/** The body of an answer that must not be a refusal. */
export async function good<Body>(asked: Promise<Answer>): Promise<Body> {
  const answer = await asked;
  if (answer.status >= 300) {
    throw new Error(`${answer.status} ${JSON.stringify(answer.body)} ${faultsOf(answer).join()}`);
  }
  return answer.body as Body;
}
