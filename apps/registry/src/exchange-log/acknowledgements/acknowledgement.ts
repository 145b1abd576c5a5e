import type { JsMsg } from '@nats-io/jetstream';
import { grantOfConsumer } from '#libs/contracts';

/** Stream in which the broker's own reports of acknowledgements wait for the log. */
export const ACKNOWLEDGEMENT_STREAM = 'EXCHANGE_ACKS';
export const ACKNOWLEDGEMENT_SUBJECTS = '$JS.EVENT.METRIC.CONSUMER.ACK.>';

/** That a receiver acknowledged a message, as the broker reports it. */
export interface Acknowledgement {
  /** Its own place in {@link ACKNOWLEDGEMENT_STREAM}: the broker reports each acknowledgement once. */
  sequence: number;
  grantId: string;
  stream: string;
  streamSequence: number;
  deliveries: number;
  /** When the message was last sent. */
  sentAt: Date;
}

/** Type `io.nats.jetstream.metric.v1.consumer_ack`, the same in nats-server 2.9 and newer ones. */
interface AckMetric {
  timestamp: string;
  stream: string;
  consumer: string;
  stream_seq: number;
  /** Nanoseconds from the sending to the acknowledgement. */
  ack_time: number;
  deliveries: number;
}

/** @returns null for a consumer that is no grant's, and for what is no such report */
export function readAcknowledgement(message: JsMsg): Acknowledgement | null {
  const metric = read(message);
  const grantId = metric && grantOfConsumer(metric.consumer);
  if (!grantId) return null;
  return {
    sequence: message.seq,
    grantId,
    stream: metric.stream,
    streamSequence: metric.stream_seq,
    deliveries: metric.deliveries,
    sentAt: new Date(Date.parse(metric.timestamp) - metric.ack_time / 1e6),
  };
}

/** Only an administrator of the bus could put anything else there; it must not hold up what comes behind it. */
function read(message: JsMsg): AckMetric | null {
  try {
    return message.json<AckMetric>();
  } catch {
    return null;
  }
}
