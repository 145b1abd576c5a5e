import { nanos } from '@nats-io/transport-node';
import type { BusAdmin } from '../../support/bus-admin.js';
import { until } from '../../support/until.js';

/** The shortest that the broker knows, so that it hides no repetition from the suite. */
const DUPLICATE_WINDOW = nanos(100);
/** The broker hands out again what the consumer's end of a broken connection never got. */
const ACK_WAIT = 2_000;

/** Shorter times for a stream and the gateway's consumer of it, also after they were made anew. */
export async function tuneBus(admin: BusAdmin, stream: string): Promise<void> {
  await until(async () => {
    await admin.manager.streams.update(stream, {
      duplicate_window: DUPLICATE_WINDOW,
      max_msgs: -1,
      max_msg_size: -1,
    });
    return true;
  });
  await setAckWait(admin, stream, ACK_WAIT);
}

/** @param milliseconds after which the broker hands out an unanswered message again */
export async function setAckWait({ manager }: BusAdmin, stream: string, milliseconds: number): Promise<void> {
  await until(async () => {
    await manager.consumers.update(stream, 'gateway', { ack_wait: nanos(milliseconds) });
    return true;
  });
}
