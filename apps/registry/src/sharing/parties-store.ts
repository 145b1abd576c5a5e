import type { Actor } from '#libs/auth';
import { problem } from '#libs/contracts';
import { AggregateStore, type History, type StoreDefinition } from '#libs/history';
import type { TransactionScope } from '#libs/persistence';

export interface PartiesDefinition<State> extends StoreDefinition<State> {
  /** SQL: whether an agency, `$1`, may see `row`. */
  visible: string;
}

/** Requests and grants: seen by their parties only. */
export abstract class PartiesStore<
  State extends { id: string; version: number },
> extends AggregateStore<State> {
  private readonly visible: string;

  protected constructor(
    { visible, ...definition }: PartiesDefinition<State>,
    transactions: TransactionScope,
    history: History,
  ) {
    super(definition, transactions, history);
    this.visible = visible;
  }

  /** @throws problem `not-found`, also for one that the caller may not see */
  async readVisible({ agency }: Pick<Actor, 'agency'>, id: string): Promise<State> {
    const [state] = await this.query(`WHERE ${this.visible} AND row.id = $2`, [agency, id]);
    if (!state) throw problem('not-found');
    return state;
  }
}
