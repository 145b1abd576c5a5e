import { createHash, randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { EVENT_HEADERS } from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { BusAdmin, connectAs } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { DataServiceLab } from './data-service.js';

export const RECEIVER = 'STC';
const PROVIDER = 'SKHCN';
const TASK_TYPE = 'vn.ioc.tasks.task.progressed.v1';

export interface NewGrant {
  receiver?: string;
  fields?: string[];
  method?: 'query' | 'sync' | 'package';
  validUntil?: string;
}

/** A record of the exchange log, as far as these tests look at it. */
export interface LogRecord {
  kind: string;
  channel?: string;
  grant?: string;
  receiver?: string;
  agency?: string;
  why?: string;
  note?: string | null;
  count: number;
  messages?: { sequence: number; id: string; digest: string }[];
}

/** The registry with grants written straight into its tables, on a bus where the test plays the tasks service. */
export class DeliveryLab {
  private made = 0;

  private constructor(
    readonly lab: DataServiceLab,
    readonly base: string,
    readonly admin: BusAdmin,
    private readonly tasks: NatsConnection,
    private readonly publisher: JetStreamClient,
    private readonly dataset: string,
  ) {}

  static async open(): Promise<DeliveryLab> {
    const lab = await DataServiceLab.open('registry', registryService);
    const base = await lab.start();
    const [admin, tasks] = await Promise.all([
      BusAdmin.connect(lab['nats']),
      connectAs(lab['nats'], 'tasks'),
    ]);
    await DeliveryLab.makeStream(admin);
    const dataset = randomUUID();
    await lab.rows(
      `INSERT INTO sharing_dataset VALUES ('${dataset}', 1, 'test.task', 'tasks', '${PROVIDER}', '{"vi":"Nhiệm vụ","en":"Tasks"}',
       '{"vi":"","en":""}', 'TASKS', 'ioc.tasks.task.*', '{${TASK_TYPE}}', '[]', '{}', 'shared', 'on-request', false, null,
       null, 'open', now(), now())`,
    );
    return new DeliveryLab(lab, base, admin, tasks, jetstream(tasks), dataset);
  }

  static async makeStream(admin: BusAdmin): Promise<void> {
    await admin.manager.streams.add({
      name: 'TASKS',
      subjects: ['ioc.tasks.>'],
      max_msgs_per_subject: 64,
      allow_direct: true,
    });
  }

  /** The first replica. */
  get app(): NestFastifyApplication {
    return this.lab['replicas'][0]!;
  }

  async close(): Promise<void> {
    await Promise.all([this.tasks.close(), this.admin.close()]);
    await this.lab.close();
  }

  /** Publishes a version of a task as the tasks service would; answers its place in the stream. */
  async publish(id: string, sequence: number, state: object, changed: string[] = []): Promise<number> {
    const about = headers();
    about.set(EVENT_HEADERS.specVersion, '1.0');
    about.set(EVENT_HEADERS.id, randomUUID());
    about.set(EVENT_HEADERS.source, '/services/tasks');
    about.set(EVENT_HEADERS.type, TASK_TYPE);
    about.set(EVENT_HEADERS.subject, id);
    about.set(EVENT_HEADERS.time, '2026-04-20T05:00:00.000Z');
    about.set(EVENT_HEADERS.dataSchema, `urn:ioc:schema:${TASK_TYPE}`);
    about.set(EVENT_HEADERS.sequence, String(sequence));
    about.set(EVENT_HEADERS.contentType, 'application/json');
    about.set('Nats-Msg-Id', about.get(EVENT_HEADERS.id));
    const data = JSON.stringify({ id, version: sequence, ...state, changed });
    return (await this.publisher.publish(`ioc.tasks.task.${id}`, data, { headers: about })).seq;
  }

  async grant({ receiver = RECEIVER, fields, method = 'sync', validUntil = '2027-12-31' }: NewGrant = {}) {
    this.made += 1;
    const [id, request] = [randomUUID(), randomUUID()];
    const list = fields ? `'{${fields.join(',')}}'` : 'NULL';
    const text = `${this.dataset} ${[...(fields ?? [])].sort().join(' ')}`;
    const view = fields ? `'${createHash('sha256').update(text).digest('hex').slice(0, 16)}'` : 'NULL';
    await this.lab.rows(
      `INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, fields, valid_from,
         valid_until, method, contact, state, submitted_at, due_on, decided_at, decision)
       VALUES ('${request}', 1, '${this.dataset}', '${receiver}', 'Thẩm định', 'Nghị định', ${list}, '2026-01-01',
         '${validUntil}', '${method}', '{}', 'granted', now(), '2026-04-27', now(), '{}')`,
    );
    await this.lab.rows(
      `INSERT INTO sharing_grant (id, version, request_id, dataset_id, receiver, provider, purpose, fields, view, method,
         valid_from, valid_until, state, state_at, opening_due_on)
       VALUES ('${id}', 1, '${request}', '${this.dataset}', '${receiver}', '${PROVIDER}', 'Thẩm định', ${list}, ${view},
         '${method}', '2026-01-01', '${validUntil}', 'active', now(), '2026-04-27')`,
    );
    return { id, view: view.replaceAll("'", '') };
  }

  /** As another replica would: this one is not told. */
  async setState(grant: string, state: 'active' | 'suspended' | 'withdrawn'): Promise<void> {
    await this.lab.rows(
      `UPDATE sharing_grant SET state = '${state}', state_reason = 'thử', version = version + 1 WHERE id = '${grant}'`,
    );
  }

  /** Sealed records about a grant. */
  async records(grant: string): Promise<LogRecord[]> {
    const rows = await this.lab.rows<{ line: string }>('SELECT line FROM exchange_record ORDER BY sequence');
    return rows.map(({ line }) => JSON.parse(line) as LogRecord).filter((record) => record.grant === grant);
  }

  /** Places in the stream of everything that the log says was delivered by a grant, once so many are there. */
  async delivered(grant: string, count: number): Promise<number[]> {
    const places = async () =>
      (await this.records(grant))
        .filter(({ kind, note }) => kind === 'delivery' && note === null)
        .flatMap(({ messages }) => (messages ?? []).map(({ sequence }) => sequence));
    await until(async () => (await places()).length >= count);
    return places();
  }

  /** Headers of a receiver's request. */
  async authorization(agency: string | null = RECEIVER): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.lab.token(agency, 'sharing:request')}` };
  }
}
