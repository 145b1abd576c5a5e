import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Agencies } from '#libs/http';
import { FirstStart, TransactionScope } from '#libs/persistence';
import { Directive } from '../../directives/directive.entity.js';
import { DutiesService } from '../duties/duties.service.js';
import { DEFAULT_ESCALATION, DEFAULT_GRACE } from '../duties/duty.requests.js';
import { PRESETS, type Preset } from './presets.js';

/** Subject under which the history records what was loaded. */
const AUTHOR = 'first-start';

/** Registers the periodic reports that the source documents order, once in the life of the database. */
@Injectable()
export class PresetDuties implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly firstStart: FirstStart,
    private readonly transactions: TransactionScope,
    private readonly duties: DutiesService,
    private readonly agencies: Agencies,
  ) {}

  /** After the documents themselves are loaded: their module is imported by this one's. */
  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce('report-duties', async () => {
      for (const preset of PRESETS) await this.register(preset);
      this.logger.log(`registered ${PRESETS.length} duties to report`);
    });
  }

  private async register({ directive: wanted, agencies, recipients, ...content }: Preset): Promise<void> {
    const directive = await this.transactions.manager.findOneBy(Directive, {
      number: IsNull(),
      symbol: wanted.symbol,
      issuerCode: wanted.issuer,
      meetingOn: wanted.meetingOn ?? IsNull(),
    });
    const owner = this.agencies.requirePresent(wanted.issuer, 'issuer');
    await this.duties.register(
      {
        ...content,
        directiveId: directive?.id ?? null,
        agencies: this.agencies.requireAllPresent(agencies, 'agencies'),
        recipients: this.agencies.requireAllPresent(recipients, 'recipients'),
        graceWorkingDays: DEFAULT_GRACE,
        escalation: [...DEFAULT_ESCALATION],
        endsOn: null,
      },
      owner,
      { subject: AUTHOR, agency: owner.code },
    );
  }
}
