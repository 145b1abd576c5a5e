import { createService } from '#libs/http';
import type { ServiceConfig } from '#libs/http';
import { addDays } from '#libs/calendar';
import { KeptFigures } from '../../../apps/tasks/src/assignments/kept-figures.js';
import { KeptFiguresRound } from '../../../apps/tasks/src/scoreboards/kept-figures.round.js';
import { tasksService } from '../../../apps/tasks/src/service.js';

/** Keeps the figures of all days that are over, as the rounds of a service that is running do day by day. */
export async function keepFigures(config: ServiceConfig, issuer: string, today: string): Promise<void> {
  const service = await createService({ ...tasksService(config), auth: { issuer }, logLevel: 'error' });
  try {
    const round = service.get(KeptFiguresRound, { strict: false });
    const kept = service.get(KeptFigures, { strict: false });
    while ((await kept.missing(addDays(today, -1), 1)).length > 0) await round.run();
  } finally {
    await service.close();
  }
}
