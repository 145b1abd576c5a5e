import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { GATEWAY_ANSWERS, type ServiceName } from '#libs/contracts';

/** How long each is waited for: a digest is worked out of all that a service has. */
const ANSWER_MILLISECONDS = { alive: 2_000, digest: 10_000, resend: 10_000 } as const;

/**
 * Asks a service on the bus and takes its answer where services may write to the gateway, and nowhere else.
 *
 * @throws Error when it does not answer in time
 */
export function askService(
  connection: NatsConnection,
  service: ServiceName,
  what: keyof typeof ANSWER_MILLISECONDS,
  request?: object,
): Promise<Msg> {
  return connection.request(`svc.${service}.${what}`, request && JSON.stringify(request), {
    timeout: ANSWER_MILLISECONDS[what],
    noMux: true,
    reply: createInbox(GATEWAY_ANSWERS),
  });
}
