import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Figures {
  p50: number;
  p95: number;
  p99: number;
  /** Requests a second. */
  rate: number;
  /** Bytes of an answer, on average. */
  bytes: number;
}

export interface Request {
  path: string;
  authorization: string;
}

/** Sends requests with so many in flight until all are answered. @throws Error for any answer but 200 */
export async function measure(
  base: string,
  requests: readonly Request[],
  inFlight: number,
): Promise<Figures> {
  const connections = await Promise.all(Array.from({ length: inFlight }, () => Connection.open(base)));
  const times: number[] = [];
  let bytes = 0;
  let next = 0;
  const started = performance.now();
  const worker = async (connection: Connection): Promise<void> => {
    for (let index = next++; index < requests.length; index = next++) {
      const sent = performance.now();
      const length = await connection.ask(requests[index]!);
      times.push(performance.now() - sent);
      bytes += length;
    }
  };
  await Promise.all(connections.map(worker));
  const seconds = (performance.now() - started) / 1_000;
  for (const connection of connections) connection.close();
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

const HEAD_END = Buffer.from('\r\n\r\n');
const READ_BYTES = 65_536;

/**
 * One kept-alive connection that asks one thing at a time and looks at no more of an answer than its status and length:
 * the client shares the two cores with what it measures, and node:http cost a fifth of an answer. It reads into the same
 * memory again and again: collecting a new piece for each read stopped the client for longer than an answer takes.
 */
class Connection {
  private head: Buffer = Buffer.alloc(0);
  private status = 0;
  /** Bytes of the answer that are still to come; negative before its head is read. */
  private left = -1;
  private length = 0;
  private answered: (bytes: number) => void = () => undefined;
  private failed: (error: Error) => void = () => undefined;

  private readonly socket: Socket;
  private constructor(host: string, port: number) {
    const onread = {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (bytes: number, buffer: Uint8Array): boolean => {
        this.take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes));
        return true;
      },
    };
    this.socket = connect({ host, port, noDelay: true, onread });
    this.socket.on('error', (error) => {
      this.failed(error);
    });
    this.socket.on('close', () => {
      this.failed(new Error('the connection was closed'));
    });
  }

  static async open(base: string): Promise<Connection> {
    const { hostname, port } = new URL(base);
    const connection = new Connection(hostname, Number(port));
    await once(connection.socket, 'connect');
    return connection;
  }

  ask({ path, authorization }: Request): Promise<number> {
    return new Promise((resolve, reject) => {
      this.answered = resolve;
      this.failed = (error) => {
        reject(new Error(`${path}: ${error.message}`));
      };
      this.socket.write(`GET ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: ${authorization}\r\n\r\n`);
    });
  }

  close(): void {
    this.failed = () => undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.left < 0) {
      const read = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk]);
      const end = read.indexOf(HEAD_END);
      if (end < 0) {
        this.head = Buffer.from(read);
        return;
      }
      const head = read.toString('latin1', 0, end);
      this.status = Number(head.slice(9, 12));
      this.length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
      if (Number.isNaN(this.length)) throw new Error(`an answer without a length:\n${head}`);
      this.left = this.length - (read.length - end - HEAD_END.length);
      if (this.status !== 200) this.head = Buffer.from(read);
    } else {
      this.left -= chunk.length;
    }
    if (this.left > 0) return;
    const start = this.head.toString('utf8');
    this.head = Buffer.alloc(0);
    this.left = -1;
    if (this.status === 200) this.answered(this.length);
    else this.failed(new Error(`answered ${this.status}:\n${start}`));
  }
}
