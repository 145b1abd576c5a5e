import { Injectable } from '@nestjs/common';
import { DATASET, datasetsOf, type ServiceName, SERVICES } from '#libs/contracts';
import { Round } from '#libs/http';
import { BusConnection, datasetId, type ResendRequest } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';

const ANSWER_MILLISECONDS = 10_000;

/**
 * Asks the other services for declarations that never came here: they say them once, and a registry of a release that
 * did not know declarations yet let them pass.
 */
@Injectable()
export class MissingDeclarations extends Round {
  readonly name = 'missing declarations of datasets';

  constructor(
    private readonly bus: BusConnection,
    private readonly transactions: TransactionScope,
  ) {
    super();
  }

  async run(): Promise<void> {
    if (!this.bus.connected) return;
    const others = SERVICES.filter((service) => service !== 'registry');
    const offered = new Map(others.map((service) => [service, idsOf(service)]));
    const rows = await this.transactions.manager.query<{ id: string }[]>(
      'SELECT id FROM sharing_dataset WHERE id = ANY ($1)',
      [[...offered.values()].flat()],
    );
    const known = new Set(rows.map(({ id }) => id));
    for (const [service, ids] of offered) {
      const missing = ids.filter((id) => !known.has(id));
      if (missing.length > 0) await this.ask(service, missing);
    }
  }

  private async ask(service: ServiceName, aggregateIds: string[]): Promise<void> {
    const { connection } = await this.bus.whenConnected();
    const request: ResendRequest = { aggregate: DATASET, aggregateIds, by: 'registry' };
    try {
      await connection.request(`svc.${service}.resend`, JSON.stringify(request), {
        timeout: ANSWER_MILLISECONDS,
      });
    } catch {
      // The service is away, or of a release without declarations: it says them when it starts.
    }
  }
}

function idsOf(service: ServiceName): string[] {
  return datasetsOf(service).map(({ code }) => datasetId(code));
}
