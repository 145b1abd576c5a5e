import { readFileSync } from 'node:fs';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, headers, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '#libs/calendar';
import { EVENT_HEADERS, eventSubject, streamOf } from '#libs/contracts';
import type { TestNats } from '../support/nats.js';

const SOURCES = ['registry', 'budget', 'staffing'] as const;
type Source = (typeof SOURCES)[number];

/** Sends what other services would tell, each by its own user of the bus. */
export class OtherServices {
  private constructor(
    private readonly buses: ReadonlyMap<Source, NatsConnection>,
    private readonly clock: Clock,
  ) {}

  /** Makes their streams. */
  static async open(nats: TestNats, clock: Clock): Promise<OtherServices> {
    const connectAs = (user: 'admin' | Source) =>
      connect({
        servers: nats.url,
        inboxPrefix: `_INBOX.${user}`,
        authenticator: credsAuthenticator(readFileSync(nats.credentials(user) ?? '')),
      });
    const admin = await connectAs('admin');
    const { streams } = await jetstreamManager(admin);
    const buses = new Map<Source, NatsConnection>();
    for (const service of SOURCES) {
      await streams.add({ name: streamOf(service), subjects: [`ioc.${service}.>`] });
      buses.set(service, await connectAs(service));
    }
    await admin.close();
    return new OtherServices(buses, clock);
  }

  /** An event as the service would send it. */
  async tell(
    service: Source,
    aggregate: string,
    id: string,
    sequence: number,
    state: object,
    eventId: string = uuidv7(),
  ): Promise<void> {
    const type = `vn.ioc.${service}.${aggregate}.changed.v1`;
    const values = {
      [EVENT_HEADERS.specVersion]: '1.0',
      [EVENT_HEADERS.id]: eventId,
      [EVENT_HEADERS.source]: `/services/${service}`,
      [EVENT_HEADERS.type]: type,
      [EVENT_HEADERS.subject]: id,
      [EVENT_HEADERS.time]: this.clock.now().toISOString(),
      [EVENT_HEADERS.sequence]: String(sequence),
      [EVENT_HEADERS.contentType]: 'application/json',
    };
    const sent = headers();
    for (const [name, value] of Object.entries(values)) sent.set(name, value);
    const data = JSON.stringify({ id, version: sequence, ...state, changed: [] });
    const bus = this.buses.get(service);
    if (!bus) throw new Error(`${service} is not on the bus`);
    await jetstream(bus).publish(eventSubject(service, aggregate, id), data, { headers: sent });
  }

  database(id: string, sequence: number, lifecycle: string, eventId?: string): Promise<void> {
    return this.tell('registry', 'database', id, sequence, { name: 'CSDL đất đai', lifecycle }, eventId);
  }

  item(id: string, sequence: number, stage: string): Promise<void> {
    const project = { name: 'Dự án kho dữ liệu', kind: 'project', status: 'active', stage: { stage } };
    return this.tell('budget', 'item', id, sequence, project);
  }

  training(id: string, sequence: number, state: string, progressPercent: number | null): Promise<void> {
    const plan = { title: 'Kế hoạch tập huấn', state, progressPercent };
    return this.tell('staffing', 'training-plan', id, sequence, plan);
  }

  async close(): Promise<void> {
    await Promise.all([...this.buses.values()].map((bus) => bus.close()));
  }
}
