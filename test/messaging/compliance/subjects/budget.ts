import { BUDGET_ITEM } from '#libs/contracts';
import type { PublisherSubject } from '../publisher-subject.js';

export const budget: PublisherSubject = {
  service: 'budget',
  aggregate: BUDGET_ITEM,
  agency: 'STC',
  scopes: ['budget:read', 'budget:write', 'admin'],
  async find(call) {
    const { items } = (await call('GET', '/v1/items?limit=3')) as { items: { id: string }[] };
    return items.map(({ id }) => ({
      id,
      change: async (again, note) => {
        const item = await again('PATCH', `/v1/items/${id}`, { note });
        return (item as { version: number }).version;
      },
    }));
  },
};
