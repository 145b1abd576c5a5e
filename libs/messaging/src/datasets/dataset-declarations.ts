import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import {
  DATASET,
  DATASET_DECLARED,
  type DatasetContent,
  type DatasetDeclaredState,
  datasetsOf,
  type ServiceName,
} from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Outbox } from '../outbox/outbox.js';

export const DECLARING_SERVICE = Symbol('DECLARING_SERVICE');

/** Names the datasets' identifiers are made in: the same code has the same one in every installation. */
const NAMESPACE = '3f1d7a52-6c0e-5b8e-9a46-0c2f5d7e8b91';

/** A row for each dataset; of one whose content is not what was declared last, the next version. */
const DECLARE = `
  INSERT INTO declared_dataset (code, version, digest) VALUES ($1, 1, $2)
  ON CONFLICT (code) DO UPDATE SET version = declared_dataset.version + 1, digest = excluded.digest
    WHERE declared_dataset.digest <> excluded.digest
  RETURNING version`;

/** At each start the service says what it offers to share; what is as it was when it last said so is not said again. */
@Injectable()
export class DatasetDeclarations implements OnApplicationBootstrap {
  constructor(
    @Inject(DECLARING_SERVICE) private readonly service: ServiceName,
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.declare();
  }

  /** Everything that the service offers, in its present version; events for what is new or different. */
  declare(): Promise<DatasetDeclaredState[]> {
    return this.transactions.run(async () => {
      const states: DatasetDeclaredState[] = [];
      // In one order everywhere: two replicas that start together must not wait for each other.
      for (const content of inOrder(datasetsOf(this.service))) states.push(await this.declareOne(content));
      return states;
    });
  }

  private async declareOne(content: DatasetContent): Promise<DatasetDeclaredState> {
    const { manager } = this.transactions;
    const id = datasetId(content.code);
    const [declared] = await manager.query<{ version: number }[]>(DECLARE, [content.code, digestOf(content)]);
    if (!declared) {
      const [known] = await manager.query<{ version: number }[]>(
        'SELECT version FROM declared_dataset WHERE code = $1',
        [content.code],
      );
      return { id, version: known?.version ?? 1, ...content };
    }
    const state = { id, version: declared.version, ...content };
    this.outbox.append({
      aggregate: DATASET,
      aggregateId: id,
      sequence: state.version,
      type: DATASET_DECLARED[this.service],
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

function inOrder(contents: readonly DatasetContent[]): DatasetContent[] {
  return [...contents].sort((one, other) => (one.code < other.code ? -1 : 1));
}

function digestOf(content: DatasetContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
