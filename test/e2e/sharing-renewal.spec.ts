import { randomUUID } from 'node:crypto';
import { createUser, type KeyPair } from '@nats-io/nkeys';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import type {
  CredentialsView,
  IssuedCredentialView,
} from '../../apps/registry/src/delivery/bus/credentials/credential.view.js';
import { until } from '../support/until.js';
import { BusLab, dayIn, good, PROVIDER } from './sharing-bus-lab.js';
import type { Answer, Caller } from './data-service.js';

let lab: BusLab;
/** A session of the database beside those of the registry, for what happens at the same moment. */
let beside: pg.Client;
let besidePid: number;

beforeAll(async () => {
  lab = await BusLab.open();
  await lab.publish('a', 1);
  beside = new pg.Client({ connectionString: lab.lab['database'].url });
  await beside.connect();
  const { rows } = await beside.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  besidePid = rows[0]!.pid;
});

afterAll(async () => {
  await beside.end();
  await lab.close();
});

/** The receiver of a grant with a key pair of its own. */
class Receiver {
  readonly pair: KeyPair = createUser();

  private constructor(
    readonly grant: string,
    readonly caller: Caller,
  ) {}

  static async of(agency: string, terms: { validUntil?: string; datasetCode?: string } = {}) {
    return new Receiver(await lab.grant(agency, 'sync', terms), await lab.as(agency));
  }

  ask(pair = this.pair): Promise<Answer> {
    return this.caller(`/v1/grants/${this.grant}/credentials`, { json: { publicKey: pair.getPublicKey() } });
  }

  issue(pair = this.pair): Promise<IssuedCredentialView> {
    return good(this.ask(pair));
  }

  connect({ jwt, inboxPrefix }: IssuedCredentialView, pair = this.pair): Promise<NatsConnection> {
    const authenticator = jwtAuthenticator(jwt, pair.getSeed());
    return lab.receive({ credentials: null, inboxPrefix }, { authenticator });
  }

  async renew(validUntil: string): Promise<void> {
    await good(this.caller(`/v1/grants/${this.grant}/renewal`, { json: { validUntil } }));
  }

  withdraw(): Promise<Answer> {
    const json = { reason: 'Không còn nhu cầu khai thác' };
    return this.caller(`/v1/grants/${this.grant}/withdrawal`, { json });
  }

  async users(): Promise<CredentialsView['items']> {
    return (await good<CredentialsView>(this.caller(`/v1/grants/${this.grant}/credentials`))).items;
  }
}

/** When a JWT ends, in seconds since 1970. */
function endOf({ jwt }: IssuedCredentialView): number {
  const claims = Buffer.from(jwt.split('.')[1]!, 'base64url').toString('utf8');
  return (JSON.parse(claims) as { exp: number }).exp;
}

const endOfDay = (day: string): number => Date.parse(`${day}T23:59:59+07:00`) / 1_000;

/** Whatever was revoked before is revoked on the broker: a user that is replaced now has been cut off. */
async function revocationsAreDone(): Promise<void> {
  const another = await Receiver.of('SXD');
  const closed = (await another.connect(await another.issue())).closed();
  await another.issue(createUser());
  await closed;
}

/** The session that waits for a lock of another one, once there is one. */
async function blockedBy(pid: number): Promise<number> {
  let blocked: { pid: number } | undefined;
  await until(async () => {
    [blocked] = await lab.lab.rows<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE ${pid} = ANY (pg_blocking_pids(pid))`,
    );
    return blocked;
  });
  return blocked!.pid;
}

async function refusedByBroker(receiver: Receiver, issued: IssuedCredentialView, pair?: KeyPair) {
  await until(async () => {
    const [row] = await lab.lab.rows<{ told: boolean }>(
      `SELECT revocation_told_at IS NOT NULL AS told FROM sharing_credential WHERE public_key = '${issued.publicKey}'`,
    );
    return row?.told;
  });
  await expect(receiver.connect(issued, pair)).rejects.toThrow('Authorization Violation');
}

describe("a key that is in force for a grant, sent again after the grant's renewal", () => {
  it('gets a JWT until the new last day; nothing is revoked and no connection is cut', async () => {
    const receiver = await Receiver.of('STC', { validUntil: dayIn(10) });
    const first = await receiver.issue();
    expect(endOf(first)).toBe(endOfDay(dayIn(10)));
    const connection = await receiver.connect(first);
    await receiver.renew(dayIn(30));
    const second = await receiver.issue();
    expect(endOf(second)).toBe(endOfDay(dayIn(30)));
    await revocationsAreDone();
    expect(connection.isClosed()).toBe(false);
    await connection.flush();
    await receiver.connect(second);
    expect(await receiver.users()).toMatchObject([
      { publicKey: first.publicKey, revokedAt: null, expiresAt: second.expiresAt },
    ]);
  });

  it('has a line of history for each end that it was given, and none for the same end again', async () => {
    const receiver = await Receiver.of('STP', { validUntil: dayIn(10) });
    await receiver.issue();
    await receiver.issue();
    await receiver.renew(dayIn(30));
    const { publicKey, expiresAt } = await receiver.issue();
    const lines = await lab.lab.rows(
      `SELECT version, action, note, author_agency AS agency FROM registry_change
       WHERE aggregate = 'sharing-credential' AND aggregate_id = '${receiver.grant}' ORDER BY version`,
    );
    expect(lines).toMatchObject([
      { version: 1, action: 'issued', agency: 'STP' },
      { version: 2, action: 'renewed', agency: 'STP', note: `${publicKey}, ${expiresAt}` },
    ]);
  });

  it('may be sent twice at once: both JWTs open the same user', async () => {
    const receiver = await Receiver.of('SNV');
    await receiver.issue();
    const both = await Promise.all([receiver.issue(), receiver.issue()]);
    await revocationsAreDone();
    for (const issued of both) expect((await receiver.connect(issued)).isClosed()).toBe(false);
    expect(await receiver.users()).toMatchObject([{ revokedAt: null }]);
  });

  it('is refused for another grant, and for a dataset', async () => {
    const [holder, other] = [await Receiver.of('SYT'), await Receiver.of('SYT')];
    await holder.issue();
    expect(await other.ask(holder.pair)).toMatchObject({ status: 409, body: { code: 'bus-key-taken' } });
    const { id } = await good<{ id: string }>(
      holder.caller('/v1/datasets', {
        json: {
          slug: 'giuong-benh',
          title: { vi: 'Giường bệnh', en: 'Hospital beds' },
          meaning: { vi: 'Số giường bệnh còn trống', en: 'Free hospital beds' },
          fields: [{ name: 'id', type: 'string' }],
        },
      }),
    );
    const json = { publicKey: holder.pair.getPublicKey() };
    const ofDataset = await holder.caller(`/v1/datasets/${id}/credentials`, { json });
    expect(ofDataset).toMatchObject({ status: 409, body: { code: 'bus-key-taken' } });
    expect(await holder.users()).toMatchObject([{ revokedAt: null }]);
  });

  it('never comes back once another key has replaced it', async () => {
    const receiver = await Receiver.of('SGDDT');
    const first = await receiver.issue();
    const successor = createUser();
    const second = await receiver.issue(successor);
    expect(await receiver.ask()).toMatchObject({ status: 409, body: { code: 'bus-key-taken' } });
    await refusedByBroker(receiver, first);
    expect((await receiver.connect(second, successor)).isClosed()).toBe(false);
  });

  it('never comes back after a suspension either: the receiver sends another one', async () => {
    const receiver = await Receiver.of('SNV');
    const first = await receiver.issue();
    await until(async () => (await lab.connection(receiver.grant, 'SNV')).standing !== null);
    const provider = await lab.as(PROVIDER);
    const json = { reason: 'Rà soát', legalGround: 'Quy chế chia sẻ dữ liệu' };
    await good(provider(`/v1/grants/${receiver.grant}/suspension`, { json }));
    await refusedByBroker(receiver, first);
    await good(provider(`/v1/grants/${receiver.grant}/resumption`, { json: {} }));
    expect(await receiver.ask()).toMatchObject({ status: 409, body: { code: 'bus-key-taken' } });
    await receiver.issue(createUser());
  });
});

describe('a withdrawal', () => {
  it('leaves no JWT that opens anything, and refuses another one', async () => {
    const receiver = await Receiver.of('STC');
    const [first, second] = [await receiver.issue(), await receiver.issue()];
    const closed = (await receiver.connect(first)).closed();
    await good(receiver.withdraw());
    await closed;
    expect(await receiver.ask()).toMatchObject({ status: 403, body: { code: 'grant-withdrawn' } });
    for (const issued of [first, second]) await refusedByBroker(receiver, issued);
  });

  it('that is being stored refuses a JWT which was asked for before', async () => {
    const receiver = await Receiver.of('SXD');
    await receiver.issue();
    await beside.query('BEGIN');
    await beside.query(
      `UPDATE sharing_grant SET state = 'withdrawn', state_reason = 'Hết nhu cầu' WHERE id = '${receiver.grant}'`,
    );
    const asked = receiver.ask();
    await blockedBy(besidePid);
    await beside.query('COMMIT');
    expect(await asked).toMatchObject({ status: 403, body: { code: 'grant-withdrawn' } });
  });

  it('waits for a JWT that is being issued, and ends it', async () => {
    const receiver = await Receiver.of('STP');
    await until(async () => (await lab.connection(receiver.grant, 'STP')).standing !== null);
    await beside.query('BEGIN');
    await beside.query(`SELECT pg_advisory_xact_lock(hashtext('credential ${receiver.grant}'))`);
    const asked = receiver.issue();
    const issuing = await blockedBy(besidePid);
    const withdrawn = receiver.withdraw();
    await blockedBy(issuing);
    await beside.query('COMMIT');
    await good(withdrawn);
    await refusedByBroker(receiver, await asked);
  });

  it('ends the user of a grant whose stream was never there', async () => {
    await lab.lab.rows(
      `INSERT INTO sharing_dataset SELECT (jsonb_populate_record(known, '{"id": "${randomUUID()}", "code": "test.later",
         "stream": "STAFFING", "subject": "ioc.staffing.later.*", "event_types": ["vn.ioc.staffing.later.changed.v1"]}')).*
       FROM sharing_dataset known WHERE code = 'test.task'`,
    );
    const receiver = await Receiver.of('SYT', { datasetCode: 'test.later' });
    const issued = await receiver.issue();
    const closed = (await receiver.connect(issued)).closed();
    await good(receiver.withdraw());
    await closed;
    await refusedByBroker(receiver, issued);
  });
});
