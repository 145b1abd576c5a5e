import { Agent, request } from 'node:http';

export interface Figures {
  p50: number;
  p95: number;
  p99: number;
  /** Requests a second. */
  rate: number;
  /** Bytes of an answer, on average. */
  bytes: number;
}

/** Sends requests with so many in flight until all are answered. @throws Error for any answer but 200 */
export async function measure(
  base: string,
  requests: readonly { path: string; authorization: string }[],
  inFlight: number,
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const times: number[] = [];
  let bytes = 0;
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let index = next++; index < requests.length; index = next++) {
      const { path, authorization } = requests[index]!;
      const sent = performance.now();
      const length = await get(agent, base + path, authorization);
      times.push(performance.now() - sent);
      bytes += length;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - started) / 1_000;
  agent.destroy();
  times.sort((one, other) => one - other);
  const at = (quantile: number): number => times[Math.floor(times.length * quantile)]!;
  return {
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    rate: requests.length / seconds,
    bytes: bytes / requests.length,
  };
}

function get(agent: Agent, url: string, authorization: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: { authorization } }, (answer) => {
      let bytes = 0;
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (answer.statusCode !== 200) text += chunk.toString('utf8');
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(bytes);
        else reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
