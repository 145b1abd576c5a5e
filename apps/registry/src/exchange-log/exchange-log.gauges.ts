import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { meter } from '#libs/telemetry';
import { TransactionScope } from '#libs/persistence';

/** What waits to be sealed and to be signed, read when the metrics are. */
@Injectable()
export class ExchangeLogGauges implements OnApplicationBootstrap {
  constructor(private readonly transactions: TransactionScope) {}

  onApplicationBootstrap(): void {
    const pending = meter().createObservableGauge('ioc_exchange_log_pending', {
      description: 'Records of the exchange log that are not sealed yet',
    });
    const unsigned = meter().createObservableGauge('ioc_exchange_log_unsigned', {
      description: 'Sealed records that no checkpoint covers yet',
    });
    meter().addBatchObservableCallback(
      async (result) => {
        const [row] = await this.transactions.manager.query<{ pending: number; unsigned: number }[]>(
          `SELECT (SELECT count(*) FROM exchange_pending)::int AS pending, (sequence - checkpoint)::int AS unsigned
           FROM exchange_head`,
        );
        result.observe(pending, row?.pending ?? 0);
        result.observe(unsigned, row?.unsigned ?? 0);
      },
      [pending, unsigned],
    );
  }
}
