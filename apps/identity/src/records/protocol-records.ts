import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, type Repository } from 'typeorm';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ProtocolRecord } from './record.entity.js';

export type RecordPayload = Record<string, unknown>;

/** What the protocol library keeps between requests, so that a restart ends nobody's session. */
@Injectable()
export class ProtocolRecords {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** @param lifetime seconds; undefined: for ever */
  async save(model: string, id: string, payload: RecordPayload, lifetime: number | undefined): Promise<void> {
    const withoutCredential = { ...payload };
    delete withoutCredential['jti'];
    const record = {
      model,
      idHash: hash(id),
      // TypeORM's type of a partial row would look into the JSON.
      payload: withoutCredential as object,
      grantId: text(payload['grantId']),
      uid: text(payload['uid']),
      accountId: text(payload['accountId']),
      clientId: text(payload['clientId']),
      expiresAt: lifetime === undefined ? null : new Date(this.clock.now().getTime() + lifetime * 1000),
    };
    await this.write((records) => records.upsert(record, ['model', 'idHash']));
  }

  async find(model: string, id: string): Promise<RecordPayload | undefined> {
    const record = await this.repository.findOneBy({ model, idHash: hash(id) });
    return record ? { ...toPayload(record), jti: id } : undefined;
  }

  /** Without the identifier, which is not known: what is found this way can be looked at, not saved again. */
  async findByUid(model: string, uid: string): Promise<RecordPayload | undefined> {
    const record = await this.repository.findOneBy({ model, uid });
    return record ? toPayload(record) : undefined;
  }

  /** Marks as used. False when it was used before: of two requests at the same moment one gets true. */
  async consume(model: string, id: string): Promise<boolean> {
    const unused = { model, idHash: hash(id), consumedAt: IsNull() };
    const result = await this.write((records) => records.update(unused, { consumedAt: this.clock.now() }));
    return result.affected === 1;
  }

  async remove(model: string, id: string): Promise<void> {
    await this.write((records) => records.delete({ model, idHash: hash(id) }));
  }

  async removeByGrant(model: string, grantId: string): Promise<void> {
    await this.write((records) => records.delete({ model, grantId }));
  }

  /**
   * Ends the sessions of a person and everything handed out in them; with `exceptLoginAndSession` not the login that
   * is under way, nor the session it may belong to.
   */
  async removeByAccount(
    accountId: string,
    keep?: { exceptLoginAndSession: string | undefined },
  ): Promise<void> {
    await this.write((records) =>
      records
        .createQueryBuilder()
        .delete()
        .where('account_id = :accountId', { accountId })
        .andWhere(keep ? "model <> 'Interaction' AND uid IS DISTINCT FROM :uid" : 'TRUE', {
          uid: keep?.exceptLoginAndSession ?? '',
        })
        .execute(),
    );
  }

  /** Takes back everything that a client was given. */
  async removeByClient(clientId: string): Promise<void> {
    await this.write((records) => records.delete({ clientId }));
  }

  async removeExpired(): Promise<void> {
    await this.write((records) => records.delete({ expiresAt: LessThan(this.clock.now()) }));
  }

  private write<Result>(work: (records: Repository<ProtocolRecord>) => Promise<Result>): Promise<Result> {
    return this.transactions.run((manager) => work(manager.getRepository(ProtocolRecord)));
  }

  private get repository() {
    return this.transactions.manager.getRepository(ProtocolRecord);
  }
}

function toPayload(record: ProtocolRecord): RecordPayload {
  const consumed = record.consumedAt ? { consumed: Math.floor(record.consumedAt.getTime() / 1000) } : {};
  return { ...record.payload, ...consumed };
}

function hash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
