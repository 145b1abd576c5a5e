import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ReferenceData } from '#libs/reference';
import { UnitsService } from '../units/units.service.js';

/** At every start: takes over the commune units of the reference list, which an administrator may have replaced. */
@Injectable()
export class TakeOver implements OnApplicationBootstrap {
  private readonly logger = new Logger('TakeOver');

  constructor(
    private readonly reference: ReferenceData,
    private readonly units: UnitsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { registered, changed } = await this.units.takeOver(this.reference.communes);
    if (registered + changed > 0)
      this.logger.log(`took over ${registered} new and ${changed} changed commune units`);
  }
}
