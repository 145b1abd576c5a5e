/**
 * Lets the works of one name run one after the other. Requests under the same key would otherwise each wait inside
 * PostgreSQL and hold a connection of the pool that the first one may need.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name);
    const turn = before ? before.then(work, work) : work();
    this.last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(name) === turn) this.last.delete(name);
    }
  }
}
