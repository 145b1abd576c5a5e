import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Author } from '#libs/history';
import { FirstStart } from '#libs/persistence';
import { TrainingPlansService } from '../training/training-plans.service.js';

/** Whom the history names for what was loaded. */
const AUTHOR: Author = { subject: 'first-start', agency: null };

/**
 * What the conclusions of session 11 say of the plan, and no more: number, day of issue, units and sessions are not
 * determined. "Hoàn thành trong tháng 4/2026" has the last day of April as its last day.
 */
const TRAINING_OF_APRIL = {
  owner: 'SKHCN',
  title: 'Kế hoạch tập huấn chuyên môn cho đội ngũ nhân lực CNTT các xã, phường',
  audience: 'Đội ngũ nhân lực CNTT các xã, phường',
  dueOn: '2026-04-30',
};

const SOURCE = {
  document:
    'Thông báo của Văn phòng UBND tỉnh kết luận cuộc họp ngày 20/4/2026 với cơ quan thường trực giúp việc của Ban Chỉ đạo tỉnh (phiên họp thứ 11; số và ngày ban hành để trống)',
  clause: '2.b',
  asOf: '2026-04-20',
};

/** Enters the training plan that a source document orders, once in the life of the database. */
@Injectable()
export class SeedLoader implements OnApplicationBootstrap {
  private readonly logger = new Logger('FirstStart');

  constructor(
    private readonly firstStart: FirstStart,
    private readonly plans: TrainingPlansService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.firstStart.runOnce('training-plan', async () => {
      await this.plans.enter(AUTHOR, TRAINING_OF_APRIL, SOURCE);
      this.logger.log('entered the training plan that the source documents name');
    });
  }
}
