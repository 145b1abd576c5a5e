import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { DutiesService } from '../duties/duties.service.js';
import { Duty } from '../duties/duty.entity.js';
import { PeriodOpening } from './period-opening.js';

/** Opens the reporting periods whose day has come, those of missed days too, and ends the duties that have no more. */
@Injectable()
export class PeriodsRound extends Round {
  readonly name = 'reporting-periods';

  constructor(
    private readonly transactions: TransactionScope,
    private readonly opening: PeriodOpening,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const today = this.clock.today();
    const waiting: { id: string }[] = await this.transactions.manager.query(
      `SELECT id FROM report_duty WHERE next_opens_on <= $1 ORDER BY id`,
      [today],
    );
    for (const { id } of waiting) await this.openOf(id, today);
    const over: { id: string }[] = await this.transactions.manager.query(
      `SELECT duty.id FROM report_duty duty
       WHERE duty.state = 'active' AND duty.next_opens_on IS NULL
         AND NOT EXISTS (SELECT 1 FROM report_period period WHERE period.duty_id = duty.id AND period.last_day >= $1)
       ORDER BY duty.id`,
      [today],
    );
    for (const { id } of over) await this.duties.endFinished(id);
  }

  /** One duty in one transaction; another replica that is at it keeps it. */
  private openOf(id: string, today: string): Promise<void> {
    return this.transactions.run(async (manager) => {
      const duty = await manager
        .createQueryBuilder(Duty, 'duty')
        .where('duty.id = :id AND duty.next_opens_on <= :today', { id, today })
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne();
      if (duty) await this.opening.openDue(duty);
    });
  }
}
