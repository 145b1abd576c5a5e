import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { maySeeAllExchanges } from '../../access/registry-access.js';
import { ChainReader, type ChainedRecord, type SignedCheckpoint } from '../chain/chain-reader.js';
import { searchable } from '../chain/format.js';
import type { Checkpoint, RecordedMessage, RecordKind, SealedContent } from '../records.js';

/** What records are searched by. */
export interface RecordFilters {
  /** Provider, or receiver, or whoever asked or tried. */
  agency?: string;
  provider?: string;
  /** Receiver, or whoever asked or tried. */
  receiver?: string;
  dataset?: string;
  /** Identifier (`ce-id`) of a message. */
  message?: string;
  kind?: RecordKind;
  /** Sealed at or after, ISO 8601 UTC. */
  from?: string;
  /** Sealed before. */
  to?: string;
}

/** A record as lists show it: everything but its messages. */
export interface RecordItem {
  sequence: number;
  kind: RecordKind;
  sealedAt: string;
  hash: string;
  /** Messages delivered, or attempts denied; null where nothing is counted. */
  count: number | null;
  content: Record<string, unknown>;
}

/** What signs a record: the first checkpoint made behind it. */
export interface RecordCheckpoint extends Pick<Checkpoint, 'sequence' | 'at' | 'key'> {
  signature: string;
}

export interface RecordDetail extends RecordItem {
  messages: RecordedMessage[];
  /** Of the record before; of the log's beginning for the first. */
  previousHash: string;
  /** null: not signed yet. */
  checkpoint: RecordCheckpoint | null;
}

interface ListQuery extends RecordFilters {
  limit: number;
  cursor?: string;
}

/** Times only grow along the chain, so that a time is a place in it: found by its index, not by walking. */
const FROM = `sequence >= (SELECT sequence FROM exchange_record WHERE sealed_at >= ?
  ORDER BY sealed_at, sequence LIMIT 1)`;
const TO = `sequence <= (SELECT sequence FROM exchange_record WHERE sealed_at < ?
  ORDER BY sealed_at DESC, sequence DESC LIMIT 1)`;

/** Finds records of the exchange log, as far as the caller may see them. */
@Injectable()
export class ExchangeRecordsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly chain: ChainReader,
  ) {}

  /** Newest first. */
  async list(actor: Actor, { limit, cursor, ...filters }: ListQuery): Promise<Page<RecordItem>> {
    const [before] = decodeCursor<[number]>(cursor, filters, ['integer']) ?? [];
    const search = new Search(limit + 1);
    if (before !== undefined) search.where('sequence < ?', before);
    if (filters.provider !== undefined) search.where('provider = ?', filters.provider);
    if (filters.receiver !== undefined) search.where('receiver = ?', filters.receiver);
    if (filters.dataset !== undefined) search.where('dataset = ?', filters.dataset);
    if (filters.kind !== undefined) search.where('kind = ?', filters.kind);
    if (filters.from !== undefined) search.where(FROM, filters.from);
    if (filters.to !== undefined) search.where(TO, filters.to);
    if (filters.message !== undefined) search.whereMessage(searchable(filters.message));
    if (filters.agency !== undefined) search.whereParty(filters.agency);
    if (!maySeeAllExchanges(actor)) search.whereParty(actor.agency ?? '');
    const { text, parameters } = search.statement();
    const rows = await this.transactions.manager.query<{ sequence: string; line: string; hash: string }[]>(
      text,
      parameters,
    );
    const items = rows.map((row) => itemOf({ ...row, sequence: Number(row.sequence) }));
    return toPage(items, limit, ({ sequence }) => [sequence], filters);
  }

  /** @throws problem `not-found` (also for records that the caller may not see), `record-archived` */
  async read(actor: Actor, sequence: number): Promise<RecordDetail> {
    const record = await this.seen(actor, sequence);
    const content = JSON.parse(record.line) as SealedContent;
    const { log } = await this.chain.end();
    return {
      ...itemOf(record),
      messages: content.kind === 'delivery' ? content.messages : [],
      previousHash: await this.chain.hashAt(sequence - 1, log),
      checkpoint: checkpointOf(await this.chain.checkpointFor(sequence)),
    };
  }

  /** The canonical text that was hashed. @throws problem `not-found` (also for others' records), `record-archived` */
  async text(actor: Actor, sequence: number): Promise<string> {
    return (await this.seen(actor, sequence)).line;
  }

  private async seen(actor: Actor, sequence: number): Promise<ChainedRecord> {
    const record = await this.chain.record(sequence);
    const parties = partiesOf(JSON.parse(record.line) as SealedContent);
    const isParty = actor.agency !== null && parties.includes(actor.agency);
    if (!isParty && !maySeeAllExchanges(actor)) throw problem('not-found');
    return record;
  }
}

/**
 * Newest records first. Each condition on a party is two branches, one for each index, which are read from their ends:
 * an OR would have the planner walk the whole chain for an agency that is rarely in it.
 */
class Search {
  private readonly conditions: string[] = [];
  private readonly parameters: unknown[] = [];
  private branches: readonly string[] = [];
  private source = 'exchange_record';
  private named = '';

  constructor(private readonly limit: number) {}

  where(condition: string, value: unknown): void {
    this.conditions.push(condition.replace('?', this.parameter(value)));
  }

  /**
   * Found first, and all else asked of what was found: how rare a message is the planner does not know, and would
   * rather walk the whole chain.
   */
  whereMessage(id: string): void {
    this.source = 'named';
    this.named = `WITH named AS MATERIALIZED (
      SELECT sequence, kind, provider, receiver, dataset FROM exchange_record
      WHERE messages @> ARRAY[${this.parameter(id)}]) `;
  }

  whereParty(agency: string): void {
    const place = this.parameter(agency);
    const branches = [`provider = ${place}`, `receiver = ${place}`];
    if (this.branches.length === 0) this.branches = branches;
    else this.conditions.push(`(${branches.join(' OR ')})`);
  }

  statement(): { text: string; parameters: unknown[] } {
    const branches = this.branches.length === 0 ? ['true'] : this.branches;
    const selects = branches.map((branch) => {
      const conditions = [branch, ...this.conditions].join(' AND ');
      return `(SELECT sequence FROM ${this.source} WHERE ${conditions} ORDER BY sequence DESC LIMIT ${this.limit})`;
    });
    return {
      text: `${this.named}SELECT sequence, line, hash FROM exchange_record
        WHERE sequence IN (${selects.join(' UNION ')}) ORDER BY sequence DESC LIMIT ${this.limit}`,
      parameters: this.parameters,
    };
  }

  private parameter(value: unknown): string {
    this.parameters.push(value);
    return `$${this.parameters.length}`;
  }
}

function checkpointOf(signed: SignedCheckpoint | null): RecordCheckpoint | null {
  if (!signed) return null;
  const { sequence, at, key } = JSON.parse(signed.line) as Checkpoint;
  return { sequence, at, key, signature: signed.signature };
}

function itemOf({ sequence, line, hash }: ChainedRecord): RecordItem {
  const content = JSON.parse(line) as SealedContent;
  const shown = Object.entries(content).filter(([name]) => name !== 'messages');
  return {
    sequence,
    kind: content.kind,
    sealedAt: content.sealedAt,
    hash,
    count: 'count' in content ? content.count : null,
    content: Object.fromEntries(shown),
  };
}

function partiesOf(content: SealedContent): (string | null)[] {
  switch (content.kind) {
    case 'delivery':
      return [content.provider, content.receiver];
    case 'refusal':
      return [content.provider, content.requester];
    case 'denial':
      return [content.provider, content.agency];
    default:
      return [];
  }
}
