import { isDeepStrictEqual } from 'node:util';
import { LocalIssuer } from '../../../libs/auth/src/testing/issuer.js';
import { BusAdmin, type StreamedEvent } from '../../support/bus-admin.js';
import { startNats, type TestNats } from '../../support/nats.js';
import type { ServiceProcess } from '../../support/service-process.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { until } from '../../support/until.js';
import { tuneBus } from './bus-tuning.js';
import { Probe } from './probe.js';
import { Publisher } from './publisher.js';
import type { Changeable, PublisherSubject } from './publisher-subject.js';

/** A publisher under test with everything around it: broker, a link to the broker that can be cut, a consumer. */
export class PublisherStage {
  private readonly replicas: ServiceProcess[] = [];

  private constructor(
    readonly publisher: Publisher,
    readonly nats: TestNats,
    readonly link: TcpProxy,
    readonly admin: BusAdmin,
    readonly probe: Probe,
    private readonly issuer: LocalIssuer,
  ) {}

  static async open(subject: PublisherSubject): Promise<PublisherStage> {
    const [nats, issuer] = await Promise.all([startNats(), LocalIssuer.start()]);
    const link = await TcpProxy.start(nats.port);
    const [admin, probe, publisher] = await Promise.all([
      BusAdmin.connect(nats),
      Probe.start(nats),
      Publisher.open(subject, nats, issuer, link.port),
    ]);
    return new PublisherStage(publisher, nats, link, admin, probe, issuer);
  }

  async close(): Promise<void> {
    this.link.restore();
    await Promise.all([this.publisher.close(), ...this.replicas.map((replica) => replica.kill())]);
    await Promise.all([this.probe.stop(), this.admin.close(), this.link.stop(), this.issuer.stop()]);
    await this.nats.stop();
  }

  /** Everything runs, everything has arrived: how each case begins, whatever the one before it left. */
  async heal(): Promise<void> {
    const { publisher } = this;
    this.link.restore();
    await Promise.all(this.replicas.splice(0).map((replica) => replica.kill()));
    if (!publisher.process.running) publisher.process = await publisher.start();
    await this.untilSettled();
    await tuneBus(this.admin, publisher.stream);
  }

  /** A further replica, which ends with the case. */
  async startReplica(environment: NodeJS.ProcessEnv): Promise<ServiceProcess> {
    const replica = await this.publisher.start(environment);
    this.replicas.push(replica);
    return replica;
  }

  /** Version of the last message of an aggregate's subject; null when there is none. */
  async lastOnBus(target: Changeable): Promise<number | null> {
    const { publisher } = this;
    return (await this.admin.lastEvent(publisher.stream, publisher.busSubject(target)))?.sequence ?? null;
  }

  /** The aggregates' events behind a place of the stream, in its order. Rounds of the service may say something, too. */
  async sentAfter(place: number, targets: readonly Changeable[]): Promise<StreamedEvent[]> {
    const events = await this.admin.eventsAfter(this.publisher.stream, place);
    return events.filter(({ aggregateId }) => targets.some(({ id }) => id === aggregateId));
  }

  /** Versions of an aggregate in the order in which they took effect at the consumer. */
  async applied(target: Changeable): Promise<number[]> {
    return (await this.probe.effects(target.id)).map(({ sequence }) => sequence);
  }

  /** Nothing waits in the outbox, and the consumer has the newest of everything. */
  async untilSettled(): Promise<void> {
    const { publisher, probe } = this;
    await until(async () => {
      const unpublished = await publisher.unpublished();
      if (unpublished > 0)
        throw new Error(`${unpublished} unpublished: ${publisher.process.log.slice(-300)}`);
      return isDeepStrictEqual(await probe.digest(), await publisher.digest());
    }, 30_000);
  }
}
