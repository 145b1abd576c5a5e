import { connect, createServer, type Server, type Socket } from 'node:net';

/** A link between a process and a server that a test can cut, or block in one direction. */
export class TcpProxy {
  /** Connections that were tried so far, also those that were refused. */
  attempts = 0;
  private readonly links = new Set<{ client: Socket; server: Socket }>();
  private isCut = false;
  private holdsBack = false;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
    private readonly target: number,
  ) {
    listener.on('connection', (client) => {
      this.accept(client);
    });
  }

  /** @param target port of 127.0.0.1 */
  static async start(target: number): Promise<TcpProxy> {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(listener, (listener.address() as { port: number }).port, target);
  }

  /** Breaks every connection and refuses new ones. */
  cut(): void {
    this.isCut = true;
    this.breakAll();
  }

  /** Everything works again. Connections that were held back are broken first: what they hold never arrives. */
  restore(): void {
    if (this.holdsBack) this.breakAll();
    this.isCut = false;
    this.holdsBack = false;
  }

  /** From now on nothing that clients send arrives; what the server sends still does. */
  holdBackClients(): void {
    this.holdsBack = true;
    for (const { client } of this.links) client.pause();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private accept(client: Socket): void {
    this.attempts += 1;
    client.on('error', () => client.destroy());
    if (this.isCut) {
      client.destroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    const link = { client, server };
    this.links.add(link);
    client.setNoDelay(true);
    server.setNoDelay(true);
    server.on('error', () => server.destroy());
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk) => client.write(chunk));
    if (this.holdsBack) client.pause();
    // What was held back is lost with the connection, as on a broken line.
    for (const end of [client, server]) {
      end.on('close', () => {
        this.links.delete(link);
        client.destroy();
        server.destroy();
      });
    }
  }

  private breakAll(): void {
    for (const { client, server } of this.links) {
      client.destroy();
      server.destroy();
    }
  }
}
