import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { NetworkGuard } from './network-guard.js';

/** For everything from the look-up of the name to the answer's status. */
const TIMEOUT_MILLISECONDS = 10_000;

export interface WebhookCall {
  method: 'POST' | 'OPTIONS';
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export interface WebhookAnswer {
  status: number;
  headers: IncomingHttpHeaders;
}

/** No answer came. */
export class WebhookFailure extends Error {
  /** @param left whether the call had been handed to the network, so that the receiver may have it */
  constructor(
    reason: string,
    readonly left: boolean,
  ) {
    super(reason);
  }
}

/**
 * Calls webhooks: only where the guard permits, without following redirects, within 10 s. Keeps connections open
 * between calls when it is told how many.
 */
export class WebhookSender {
  private readonly agents: { http: HttpAgent; https: HttpsAgent } | null;

  /** @param connections kept open to the receiver; 0: each call has one of its own */
  constructor(
    private readonly guard: NetworkGuard,
    connections = 0,
  ) {
    const options = { keepAlive: true, maxSockets: connections };
    this.agents = connections > 0 ? { http: new HttpAgent(options), https: new HttpsAgent(options) } : null;
  }

  /** Any status is an answer. @throws WebhookFailure */
  call(address: string, { method, headers, body }: WebhookCall): Promise<WebhookAnswer> {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // A literal address is never looked up, so that the guard would not see it.
    if (isIP(host) !== 0 && !this.guard.permits(host)) {
      return Promise.reject(new WebhookFailure(`${host} is not in a network that webhooks may call`, false));
    }
    const secure = url.protocol === 'https:';
    const request = (secure ? requestHttps : requestHttp)(url, {
      method,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: (secure ? this.agents?.https : this.agents?.http) ?? false,
      lookup: this.guard.lookup,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const answer = answerOf(request);
    request.end(body);
    return answer;
  }

  close(): void {
    this.agents?.http.destroy();
    this.agents?.https.destroy();
  }
}

function answerOf(request: ClientRequest): Promise<WebhookAnswer> {
  let left = false;
  request.on('finish', () => {
    left = true;
  });
  return new Promise((resolve, reject) => {
    request.on('response', (response: IncomingMessage) => {
      response.on('error', () => undefined).resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    request.on('error', (error) => {
      const timedOut = error.name === 'AbortError' || error.name === 'TimeoutError';
      reject(new WebhookFailure(timedOut ? 'no answer within 10 s' : error.message, left));
    });
  });
}
