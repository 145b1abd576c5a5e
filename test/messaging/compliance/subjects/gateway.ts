import type { ConsumerSubject } from '../consumer-subject.js';

export const gateway: ConsumerSubject = {
  process: 'gateway',
  table: 'projection',
  heads: (service) =>
    `(SELECT aggregate, aggregate_id, sequence FROM projection WHERE service = '${service}')`,
  comparing: (isOn) => ({ RECONCILE_MILLISECONDS: isOn ? '300' : '2000000000' }),
};
