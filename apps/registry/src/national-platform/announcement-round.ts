import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { DatasetAnnouncement } from './national-platform.js';
import { NationalConnection } from './national-platform.settings.js';

const AT_ONCE = 50;

/** Makes datasets known to the national platform, each version of a description once. */
@Injectable()
export class AnnouncementRound extends Round {
  readonly name = 'dataset-announcements';
  private readonly logger = new Logger('NationalPlatform');

  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
    @Inject(NationalConnection) private readonly connection: NationalConnection,
  ) {
    super();
  }

  async run(): Promise<void> {
    const { platform } = this.connection;
    if (!platform) return;
    for (const { id, dataset } of await this.open()) {
      const { reference } = await platform.announceDataset(dataset);
      await this.note(id, dataset.version);
      this.logger.log({
        message: 'a dataset was announced',
        code: dataset.code,
        version: dataset.version,
        reference,
      });
    }
  }

  private open(): Promise<{ id: string; dataset: DatasetAnnouncement }[]> {
    return this.transactions.manager.query(
      `SELECT d.id, jsonb_build_object('code', d.code, 'version', d.version, 'title', d.title, 'meaning', d.meaning,
         'provider', d.provider, 'classification', d.classification, 'access', d.access, 'master', d.master,
         'legalGround', d.legal_ground, 'fields', d.fields, 'schema', d.schema, 'eventTypes', d.event_types,
         'state', d.state) AS dataset
       FROM sharing_dataset d LEFT JOIN sharing_announcement a ON a.dataset_id = d.id
       WHERE a.version IS NULL OR a.version < d.version ORDER BY d.code LIMIT $1`,
      [AT_ONCE],
    );
  }

  private async note(id: string, version: number): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query(
        `INSERT INTO sharing_announcement (dataset_id, version, announced_at) VALUES ($1, $2, $3)
         ON CONFLICT (dataset_id) DO UPDATE SET version = excluded.version, announced_at = excluded.announced_at
           WHERE sharing_announcement.version < excluded.version`,
        [id, version, this.clock.now()],
      ),
    );
  }
}
