import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import {
  DATASET,
  DATASET_DECLARED,
  DATASET_WITHDRAWN,
  type DatasetContent,
  type DatasetDeclaredState,
  type ServiceName,
} from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Outbox } from '../outbox/outbox.js';
import { DECLARING_SERVICE } from './declaring-service.js';

/** Names the datasets' identifiers are made in: the same code has the same one in every installation. */
const NAMESPACE = '3f1d7a52-6c0e-5b8e-9a46-0c2f5d7e8b91';

/** Longer than an upgrade takes, and than a replica is kept from its database. */
const WITHDRAWN_AFTER = '1 hour';

/** A row for each dataset; of one that is withdrawn, or whose content is not what was declared last, the next version. */
const DECLARE = `
  INSERT INTO declared_dataset (code, version, digest, content) VALUES ($1, 1, $2, $3)
  ON CONFLICT (code) DO UPDATE SET version = declared_dataset.version + 1, digest = excluded.digest,
    content = excluded.content, withdrawn_at = NULL, offered_at = now()
    WHERE declared_dataset.digest <> excluded.digest OR declared_dataset.withdrawn_at IS NOT NULL
  RETURNING version`;

const KNOWN = `
  UPDATE declared_dataset SET offered_at = now(), content = COALESCE(content, $2) WHERE code = $1 RETURNING version`;

const OFFER = `
  UPDATE declared_dataset SET offered_at = now()
  WHERE code IN (SELECT code FROM declared_dataset WHERE code = ANY ($1) ORDER BY code FOR UPDATE)`;

const WITHDRAW = `
  UPDATE declared_dataset SET withdrawn_at = now(), version = version + 1
  WHERE code <> ALL ($1) AND withdrawn_at IS NULL AND content IS NOT NULL
    AND offered_at < now() - interval '${WITHDRAWN_AFTER}'
  RETURNING version, content`;

/** What the service has declared, in its database; all methods inside `TransactionScope.run`. */
@Injectable()
export class DatasetBook {
  constructor(
    @Inject(DECLARING_SERVICE) private readonly service: ServiceName,
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
  ) {}

  /** Its present version; an event, unless it was declared just so. */
  async declare(content: DatasetContent): Promise<DatasetDeclaredState> {
    const [declared] = await this.transactions.execute<{ version: number }>('declare-dataset', DECLARE, [
      content.code,
      digestOf(content),
      JSON.stringify(content),
    ]);
    if (declared) return this.tell(DATASET_DECLARED[this.service], content, declared.version, true);
    const [known] = await this.transactions.execute<{ version: number }>('know-dataset', KNOWN, [
      content.code,
      JSON.stringify(content),
    ]);
    return stateOf(content, known?.version ?? 1, true);
  }

  /** Says that this replica offers them. */
  async offer(codes: readonly string[]): Promise<void> {
    await this.transactions.execute('offer-datasets', OFFER, [codes]);
  }

  /** Those of the codes that are withdrawn. */
  async withdrawn(codes: readonly string[]): Promise<Set<string>> {
    const rows = await this.transactions.manager.query<{ code: string }[]>(
      'SELECT code FROM declared_dataset WHERE code = ANY ($1) AND withdrawn_at IS NOT NULL',
      [codes],
    );
    return new Set(rows.map(({ code }) => code));
  }

  /** Withdraws what is none of the codes and was not offered for long, with an event each. */
  async withdrawBut(codes: readonly string[]): Promise<DatasetDeclaredState[]> {
    const rows = await this.transactions.execute<{ version: number; content: DatasetContent }>(
      'withdraw-datasets',
      WITHDRAW,
      [codes],
    );
    return rows.map(({ version, content }) =>
      this.tell(DATASET_WITHDRAWN[this.service], content, version, false),
    );
  }

  private tell(
    type: string,
    content: DatasetContent,
    version: number,
    offered: boolean,
  ): DatasetDeclaredState {
    const state = stateOf(content, version, offered);
    this.outbox.append({
      aggregate: DATASET,
      aggregateId: state.id,
      sequence: version,
      type,
      state,
      changed: [],
    });
    return state;
  }
}

/** Identifier of a service's dataset by its code. */
export function datasetId(code: string): string {
  return uuidv5(code, NAMESPACE);
}

function stateOf(content: DatasetContent, version: number, offered: boolean): DatasetDeclaredState {
  return { id: datasetId(content.code), version, ...content, offered };
}

function digestOf(content: DatasetContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
