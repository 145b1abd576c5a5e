import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessEnded,
  AgencyClient,
  fetchGrantAccess,
  type GrantAccess,
  type SharedEvent,
} from '#libs/agency-client';
import { until } from '../support/until.js';
import { BusLab, DAY, dayIn, good, type LogRecord, RECEIVER } from './sharing-bus-lab.js';

/** What the credentials of these tests have left when they are issued: 90 days, of which the registry's clock is behind. */
const LEFT = 9_000;

/** How long a program works at a batch, so that one is at work at most times. */
const WORK = 25;

/** More than come in a test: a pull ends by its time alone. */
const BATCH = 10_000;

let lab: BusLab;
let programs: Record<'followed' | 'away' | 'late' | 'alone' | 'over', Program>;

beforeAll(async () => {
  lab = await BusLab.open(1, new Date(Date.now() - 90 * DAY));
  const made = await Promise.all([20, 20, 20, 20, 1].map(programUntil));
  lab.lab.clock.set(new Date(Date.now() - 90 * DAY + LEFT).toISOString());
  for (const program of made) program.access = await program.fetch();
  lab.lab.clock.set(new Date().toISOString());
  const [followed, away, late, alone, over] = made as [Program, Program, Program, Program, Program];
  programs = { followed, away, late, alone, over };
  const receiver = await lab.as(RECEIVER);
  await good(receiver(`/v1/grants/${followed.grant}/renewal`, { json: { validUntil: dayIn(40) } }));
  await followed.start(true);
  await away.start(true, () => {
    if (Date.now() < endOf(away.access)) throw new Error('the registry is away');
  });
  await alone.start(false);
  await over.start(true);
});

afterAll(async () => {
  await Promise.all(Object.values(programs).map((program) => program.close()));
  await lab.close();
});

/** The program of a new grant whose last day is so many days from now. */
async function programUntil(days: number): Promise<Program> {
  const grant = await lab.grant(RECEIVER, 'sync', { validUntil: dayIn(days) });
  await until(async () => (await lab.connection(grant)).standing !== null);
  return new Program(grant);
}

/** An agency's program with access that ends in a few seconds, and what became of it. */
class Program {
  readonly sequences: number[] = [];
  readonly redelivered: string[] = [];
  readonly troubles: string[] = [];
  readonly renewals: GrantAccess[] = [];
  /** When it asked for them. */
  readonly renewedAt: number[] = [];
  access!: GrantAccess;
  private client: AgencyClient | undefined;
  private following: Promise<void> = Promise.resolve();

  constructor(readonly grant: string) {}

  async start(renews: boolean, before: () => void = () => undefined): Promise<void> {
    const renew = async (present: GrantAccess): Promise<GrantAccess> => {
      before();
      const renewed = await this.fetch(present);
      this.renewals.push(renewed);
      this.renewedAt.push(Date.now());
      return renewed;
    };
    this.client = await AgencyClient.connect(this.access, RECEIVER, renews ? { renew } : {});
    this.following = this.client.follow<object>((events) => this.take(events), {
      batch: BATCH,
      onTrouble: ({ message }) => this.troubles.push(message),
    });
    this.following.catch(() => undefined);
  }

  async fetch(present?: GrantAccess): Promise<GrantAccess> {
    const token = await lab.lab.token(RECEIVER, 'sharing:request');
    return fetchGrantAccess(lab.bases[0]!, token, this.grant, present);
  }

  get end(): Promise<void> {
    return this.following;
  }

  /** Waits for an event with this number, which is published now. */
  async gets(sequence: number): Promise<void> {
    await lab.publish(`record-${sequence}`, sequence);
    await until(() => this.sequences.includes(sequence));
  }

  async close(): Promise<void> {
    await this.client?.close();
  }

  private async take(events: readonly SharedEvent<object>[]): Promise<void> {
    await sleep(WORK);
    for (const { sequence, redelivered, id } of events) {
      if (redelivered) this.redelivered.push(id);
      this.sequences.push(sequence);
    }
  }
}

/** When the credentials end, in milliseconds since 1970. */
function endOf({ credentials }: GrantAccess): number {
  const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/m.exec(credentials)![1]!;
  return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { exp: number }).exp * 1_000;
}

async function denials({ grant }: Program): Promise<LogRecord[]> {
  return (await lab.records()).filter((record) => record.kind === 'denial' && record.grant === grant);
}

describe('a program whose grant is renewed', () => {
  it('goes on over the end of its credentials: each event once, in order, and nothing is denied', async () => {
    const { followed } = programs;
    const end = endOf(followed.access);
    let last = 0;
    await until(async () => {
      last += 1;
      await lab.publish(`record-${last}`, last);
      return Date.now() > end + 1_000;
    });
    await until(() => followed.sequences.includes(last));
    expect(followed.sequences).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    expect(followed.redelivered).toEqual([]);
    expect(followed.troubles).toEqual([]);
    expect(followed.renewals.map(endOf)).toEqual([Date.parse(`${dayIn(40)}T23:59:59+07:00`)]);
    expect(followed.renewedAt[0]).toBeLessThan(end);
    // What was not acknowledged on the former connection would come again after 30 s.
    await until(async () => (await lab.connection(followed.grant)).standing?.unacknowledged === 0, 15_000);
    // Denials come to the log in their order: after this one, those before it are there.
    const { alone } = programs;
    const { credentials, connection } = alone.access;
    await expect(lab.receive({ credentials, inboxPrefix: connection.inboxPrefix })).rejects.toThrow(
      'Authorization Violation',
    );
    await until(async () => (await denials(alone)).length > 0);
    expect(await denials(followed)).toEqual([]);
  });

  it('goes on after their end, too, when the registry was away until then', async () => {
    const { away } = programs;
    await until(() => away.renewals.length > 0);
    await away.gets(100_001);
    expect(away.troubles).toContain('the registry is away');
  });

  it('starts with credentials that ended while it was not running', async () => {
    const { late } = programs;
    expect(endOf(late.access)).toBeLessThan(Date.now());
    await late.start(true);
    await late.gets(100_002);
  });
});

it('goes on when the broker was away, and asks for no renewal', async () => {
  const { followed } = programs;
  const renewals = followed.renewals.length;
  await lab.nats.restart();
  await until(() => lab.publish('record-200001', 200_001));
  await until(() => followed.sequences.includes(200_001), 30_000);
  expect(followed.renewals).toHaveLength(renewals);
});

describe('a program whose grant is not renewed', () => {
  it('ends with its credentials when it renews nothing', async () => {
    const { alone } = programs;
    await expect(alone.end).rejects.toThrow(AccessEnded);
    expect(alone.sequences).toContain(1);
    expect(Date.now()).toBeGreaterThan(endOf(alone.access));
  });

  it('ends with the refusal of the registry when the grant is over', async () => {
    const { over } = programs;
    await over.gets(100_003);
    lab.lab.clock.set(new Date(Date.now() + 3 * DAY).toISOString());
    await expect(over.end).rejects.toThrow(AccessEnded);
    await expect(over.end).rejects.toThrow(/\/connection: Thỏa thuận chia sẻ này có hiệu lực từ/);
  });
});
