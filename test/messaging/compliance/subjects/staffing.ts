import { STAFFING_UNIT } from '#libs/contracts';
import type { PublisherSubject } from '../publisher-subject.js';

export const staffing: PublisherSubject = {
  service: 'staffing',
  aggregate: STAFFING_UNIT,
  agency: 'SNV',
  scopes: ['staffing:read', 'staffing:write', 'admin'],
  async find(call) {
    const { items } = (await call('GET', '/v1/units?limit=3')) as { items: { id: string; code: string }[] };
    return items.map(({ id, code }) => ({
      id,
      change: async (again, note) => {
        const unit = await again('POST', `/v1/units/${code}/head-counts`, {
          itStaff: 2,
          asOf: '2026-04-20',
          note,
        });
        return (unit as { version: number }).version;
      },
    }));
  },
};
