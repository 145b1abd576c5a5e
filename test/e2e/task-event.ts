import { randomUUID } from 'node:crypto';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { EVENT_HEADERS } from '#libs/contracts';

export const TASK_TYPE = 'vn.ioc.tasks.task.progressed.v1';

/** A version of a task as the tasks service publishes it. */
export function taskEvent(
  id: string,
  sequence: number,
  state: object = {},
): { subject: string; data: string; headers: MsgHdrs } {
  const about = headers();
  about.set(EVENT_HEADERS.specVersion, '1.0');
  about.set(EVENT_HEADERS.id, randomUUID());
  about.set(EVENT_HEADERS.source, '/services/tasks');
  about.set(EVENT_HEADERS.type, TASK_TYPE);
  about.set(EVENT_HEADERS.subject, id);
  about.set(EVENT_HEADERS.time, new Date().toISOString());
  about.set(EVENT_HEADERS.sequence, String(sequence));
  about.set(EVENT_HEADERS.contentType, 'application/json');
  const data = JSON.stringify({ id, version: sequence, ...state, changed: [] });
  return { subject: `ioc.tasks.task.${id}`, data, headers: about };
}
