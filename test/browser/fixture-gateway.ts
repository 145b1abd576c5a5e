import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Overview, OverviewChange } from '#libs/contracts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** As strict as a gateway could be: the wall must live with it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PING_MS = 10_000;

/** A stand-in for the gateway: serves a built wall, an overview that tests change, and a stream that tests cut. */
export class FixtureGateway {
  /** False: answers 401, as to a display without a valid cookie. */
  authorised = true;
  /** When fonts are sent; rejected: never. */
  fontsSent: Promise<void> = Promise.resolve();
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server;
  private eventId = 0;
  private readonly pings: NodeJS.Timeout;

  private constructor(
    private readonly wallFolder: string,
    private overview: Overview,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
    this.pings = setInterval(() => {
      for (const stream of this.streams) writeEvent(stream, 'ping', null, { time: new Date().toISOString() });
    }, PING_MS);
  }

  /** @param port 0 for a free one */
  static async start(wallFolder: string, overview: Overview, port = 0): Promise<FixtureGateway> {
    const gateway = new FixtureGateway(wallFolder, overview);
    await gateway.listen(port);
    return gateway;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  get streamCount(): number {
    return this.streams.size;
  }

  get current(): Overview {
    return this.overview;
  }

  /** Changes sections and tells every open stream. */
  push(sections: OverviewChange['sections']): void {
    const generatedAt = new Date().toISOString();
    this.overview = { ...this.overview, ...sections, generatedAt };
    this.eventId += 1;
    for (const stream of this.streams) writeEvent(stream, 'change', this.eventId, { generatedAt, sections });
  }

  /** Stops listening and cuts every connection, as a gateway that is restarted. */
  async goAway(): Promise<number> {
    const { port } = this;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    return port;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.pings);
    if (this.server.listening) await this.goAway();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.address);
    if (pathname.startsWith('/ioc/') && !this.authorised) {
      response.writeHead(401, { 'content-type': 'application/problem+json' }).end('{}');
    } else if (pathname === '/ioc/v1/overview') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.overview));
    } else if (pathname === '/ioc/v1/stream') {
      this.stream(response);
    } else {
      await this.file(pathname, response);
    }
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    writeEvent(response, 'snapshot', this.eventId, this.overview);
  }

  private async file(pathname: string, response: ServerResponse): Promise<void> {
    const path = join(this.wallFolder, normalize(pathname === '/' ? '/index.html' : pathname));
    try {
      const content = await readFile(path);
      if (extname(path) === '.woff2') await this.fontsSent;
      response
        .writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
        })
        .end(content);
    } catch {
      response.writeHead(404).end();
    }
  }
}

function writeEvent(stream: ServerResponse, event: string, id: number | null, data: object): void {
  const idLine = id === null ? '' : `id: ${id}\n`;
  stream.write(`${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
