import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  DiscardPolicy,
  JetStreamApiError,
  type JsMsg,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { headers as natsHeaders, type MsgHdrs, nanos } from '@nats-io/transport-node';
import { AGENCY_STREAM, AGENCY_SUBJECT, EVENT_HEADERS, INTAKE_STREAM, INTAKE_SUBJECT } from '#libs/contracts';
import { type Bus, BusConnection, ensureStream, MESSAGES_PER_SUBJECT } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { requireWhole } from '../../sources/feed-source.js';
import { BusMessageStore } from '../bus-message.store.js';
import { PullLoop } from '../pull-loop.js';
import { BusSettings } from '../settings.js';
import { type Fault, faultOf, intakeAddress, type OwnDataset } from './check-record.js';
import { PutAside } from './put-aside.js';

const DUPLICATE_WINDOW_MILLISECONDS = 2_000;
/** What an agency may send before it is looked at; then it is refused at once, and the agency waits. */
const MOST_WAITING_BYTES = 256 * 1024 * 1024;
/** Broker's code: the subject has another last message than the publisher expected. */
const WRONG_LAST_SEQUENCE = 10_071;

interface Looked {
  message: JsMsg;
  datasetCode: string;
  /** null: it went on, or was there already. */
  fault: Fault | null;
}

/**
 * Looks at what agencies publish before others get it: what keeps to the contract goes on into stream AGENCIES, the rest
 * is put aside. Each publication names the message that it follows, so that neither a second replica nor a repetition
 * puts an older state behind a newer one.
 */
@Injectable()
export class Intake implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: PullLoop;

  constructor(
    bus: BusConnection,
    private readonly settings: BusSettings,
    private readonly transactions: TransactionScope,
    private readonly taken: BusMessageStore,
    private readonly putAside: PutAside,
  ) {
    this.loop = new PullLoop(
      {
        stream: {
          ...this.stream(INTAKE_STREAM, `${INTAKE_SUBJECT}.*.*`),
          // What has been looked at is not needed any more.
          retention: RetentionPolicy.Workqueue,
          discard: DiscardPolicy.New,
          max_bytes: MOST_WAITING_BYTES,
        },
        handle: (messages, connected, created) => this.look(messages, connected, created),
      },
      bus,
    );
    bus.onConnected(() => {
      void this.ensureOutput(bus);
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private stream(name: string, subject: string): Partial<StreamConfig> & { name: string } {
    return {
      name,
      subjects: [subject],
      storage: StorageType.File,
      duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
      num_replicas: this.settings.streamReplicas,
    };
  }

  /** Made early, so that grants of it can be opened; tried again before anything goes there. */
  private async ensureOutput(bus: BusConnection): Promise<void> {
    try {
      await this.ensureAgencyStream(await bus.whenConnected());
    } catch {
      // The next batch says what is wrong.
    }
  }

  private async ensureAgencyStream({ manager }: Bus): Promise<void> {
    await ensureStream(manager, {
      ...this.stream(AGENCY_STREAM, `${AGENCY_SUBJECT}.*.*`),
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_msgs_per_subject: MESSAGES_PER_SUBJECT,
      allow_direct: true,
      deny_delete: true,
      deny_purge: true,
    });
  }

  private async look(messages: readonly JsMsg[], bus: Bus, created: string): Promise<void> {
    await this.ensureAgencyStream(bus);
    await requireWhole(bus.manager, AGENCY_STREAM);
    const datasets = await this.datasets(messages);
    // An agency's records in their order; of different records at the same time.
    const bySubject = [...Map.groupBy(messages, ({ subject }) => subject).values()];
    const looked = await Promise.all(
      bySubject.map(async (ofRecord) => {
        const results: Looked[] = [];
        for (const message of ofRecord) results.push(await this.pass(bus, message, datasets));
        return results;
      }),
    );
    await this.note(looked.flat(), created);
  }

  private async pass(bus: Bus, message: JsMsg, datasets: Map<string, OwnDataset>): Promise<Looked> {
    const { datasetCode, recordId } = intakeAddress(message.subject);
    const dataset = datasets.get(datasetCode) ?? null;
    const fault =
      faultOf(message, dataset) ??
      (await publish(bus, `${AGENCY_SUBJECT}.${datasetCode}.${recordId}`, message));
    return { message, datasetCode, fault };
  }

  private async note(looked: readonly Looked[], created: string): Promise<void> {
    await this.transactions.run(async () => {
      const fresh = await this.taken.take(
        INTAKE_STREAM,
        created,
        looked.map(({ message }) => message.seq),
      );
      const counted = looked.filter(({ message }) => fresh.has(message.seq));
      for (const [code, ofDataset] of Map.groupBy(counted, ({ datasetCode }) => datasetCode)) {
        const wrong = ofDataset.filter(({ fault }) => fault !== null);
        for (const { message, fault } of wrong) if (fault) await this.putAside.add(code, message, fault);
        await this.putAside.count(code, ofDataset.length - wrong.length, wrong.length);
      }
    });
  }

  private async datasets(messages: readonly JsMsg[]): Promise<Map<string, OwnDataset>> {
    const codes = [...new Set(messages.map(({ subject }) => intakeAddress(subject).datasetCode))];
    const rows = await this.transactions.manager.query<OwnDataset[]>(
      `SELECT code, provider, state, event_types AS "eventTypes", fields FROM sharing_dataset
       WHERE code = ANY ($1) AND service IS NULL`,
      [codes],
    );
    return new Map(rows.map((dataset) => [dataset.code, dataset]));
  }
}

/** @returns what is wrong; null when it is in the stream, also when it was there before */
async function publish(
  bus: Bus,
  subject: string,
  { headers, data, redelivered }: JsMsg,
): Promise<Fault | null> {
  const sequence = Number(headers?.get(EVENT_HEADERS.sequence));
  const id = headers?.get(EVENT_HEADERS.id) ?? '';
  for (;;) {
    const last = await bus.manager.streams.getMessage(AGENCY_STREAM, { last_by_subj: subject });
    const known = Number(last?.header.get(EVENT_HEADERS.sequence) ?? 0);
    if (last?.header.get(EVENT_HEADERS.id) === id) return null;
    if (known >= sequence) {
      // Looked at before, and followed by a newer one since.
      if (redelivered) return null;
      return { fault: 'not-newer', detail: `ce-sequence is ${sequence}; the newest that came is ${known}` };
    }
    try {
      await bus.jetstream.publish(subject, data, {
        headers: eventHeaders(headers),
        expect: { streamName: AGENCY_STREAM, lastSubjectSequence: last?.seq ?? 0 },
      });
      return null;
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== WRONG_LAST_SEQUENCE) throw error;
    }
  }
}

/** The headers of the contract and no others: those of the broker are not the agency's to set. */
function eventHeaders(sent: MsgHdrs | undefined): MsgHdrs {
  const headers = natsHeaders();
  for (const name of Object.values(EVENT_HEADERS)) {
    const value = sent?.get(name);
    if (value) headers.append(name, value);
  }
  return headers;
}
