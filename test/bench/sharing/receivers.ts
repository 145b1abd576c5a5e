import { AgencyClient, type GrantAccess } from '#libs/agency-client';
import { exactNow } from './quantiles.js';

/** State of an event that is published for measuring. */
interface Measured {
  /** Milliseconds since 1970, to fractions. */
  sentAt: number;
}

/** Agencies that take over everything at once, but one that takes its events and never finishes. */
export class Receivers {
  /** From publishing to the agency's handler, milliseconds. */
  latencies: number[] = [];
  /** Events taken over since {@link begin}; those of the stuck agency are not among them. */
  taken = 0;
  connections = 0;
  private readonly clients: AgencyClient[] = [];

  async add(code: string, access: GrantAccess, isStuck: boolean): Promise<void> {
    const client = await AgencyClient.connect(access, code);
    this.connections += 1;
    // One that never finishes cannot be closed either: it ends with this process.
    if (!isStuck) this.clients.push(client);
    const forever = new Promise<void>(() => undefined);
    void client
      .follow<Measured>((events) => {
        if (isStuck) return forever;
        const now = exactNow();
        this.taken += events.length;
        for (const { data } of events) this.latencies.push(now - data.sentAt);
        return Promise.resolve();
      })
      .catch((error: unknown) => process.stderr.write(`${code}: ${String(error)}\n`));
  }

  /** Forgets what came before. */
  begin(): void {
    this.latencies = [];
    this.taken = 0;
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
  }
}
