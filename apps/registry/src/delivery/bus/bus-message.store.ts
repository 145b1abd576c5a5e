import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';

/** Places of a stream that had their effect are forgotten when the broker could not send them again. */
const FORGET_BEHIND = 10_000;

/** Which messages of the registry's own streams have had their effect. */
@Injectable()
export class BusMessageStore {
  constructor(private readonly transactions: TransactionScope) {}

  /**
   * Inside `run`, together with the effect.
   *
   * @param created when the stream was made, which tells it from one of the same name before it
   * @returns the places that nobody had taken before
   */
  async take(stream: string, created: string, sequences: readonly number[]): Promise<Set<number>> {
    const rows = await this.transactions.execute<{ sequence: string }>(
      'take-bus-messages',
      `INSERT INTO sharing_bus_message (stream, stream_created, sequence)
       SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING RETURNING sequence`,
      [stream, created, sequences],
    );
    await this.transactions.manager.query(
      `DELETE FROM sharing_bus_message WHERE stream = $1 AND (stream_created <> $2 OR sequence < $3)`,
      [stream, created, Math.min(...sequences) - FORGET_BEHIND],
    );
    return new Set(rows.map(({ sequence }) => Number(sequence)));
  }
}
