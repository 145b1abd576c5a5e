import { TASKS_TASK } from '#libs/contracts';
import type { PublisherSubject } from '../publisher-subject.js';

export const tasks: PublisherSubject = {
  service: 'tasks',
  aggregate: TASKS_TASK,
  agency: 'SKHCN',
  scopes: ['tasks:read', 'tasks:write', 'tasks:assign', 'admin'],
  async find(call) {
    const { items } = (await call('GET', '/v1/tasks?lead=SKHCN&state=assigned&limit=3')) as {
      items: { id: string }[];
    };
    return items.map(({ id }) => ({
      id,
      change: async (again, note) => {
        const task = await again('POST', `/v1/tasks/${id}/progress`, { percent: 40, note });
        return (task as { version: number }).version;
      },
    }));
  },
};
