import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { TransactionScope } from '#libs/persistence';

/** Backlog and age of the outbox, read when the metrics are. */
@Injectable()
export class OutboxGauges implements OnApplicationBootstrap {
  constructor(private readonly transactions: TransactionScope) {}

  onApplicationBootstrap(): void {
    const meter = metrics.getMeter('messaging');
    const backlog = meter.createObservableGauge('ioc_outbox_backlog', {
      description: 'Events not on the bus yet',
    });
    const age = meter.createObservableGauge('ioc_outbox_oldest_seconds', {
      description: 'Age of the oldest event not on the bus yet',
      unit: 's',
    });
    meter.addBatchObservableCallback(
      async (result) => {
        const rows: { count: number; age: number }[] = await this.transactions.manager.query(
          `SELECT count(*)::int AS count, coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float AS age
           FROM outbox WHERE published_at IS NULL`,
        );
        result.observe(backlog, rows[0]?.count ?? 0);
        result.observe(age, Math.max(0, rows[0]?.age ?? 0));
      },
      [backlog, age],
    );
  }
}
