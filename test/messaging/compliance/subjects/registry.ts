import { REGISTRY_DATABASE } from '#libs/contracts';
import type { PublisherSubject } from '../publisher-subject.js';

export const registry: PublisherSubject = {
  service: 'registry',
  aggregate: REGISTRY_DATABASE,
  agency: 'SKHCN',
  scopes: ['registry:read', 'registry:write', 'admin'],
  async find(call) {
    const { items } = (await call('GET', '/v1/databases?limit=3')) as { items: { id: string }[] };
    return items.map(({ id }) => ({
      id,
      change: async (again, note) => {
        const entry = await again('PATCH', `/v1/databases/${id}`, { note });
        return (entry as { version: number }).version;
      },
    }));
  },
};
