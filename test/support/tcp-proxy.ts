import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between the application and a server, so that a test can take the server away and bring it back. */
export class TcpProxy {
  private readonly open = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;

  private constructor(private readonly target: { host: string; port: number }) {}

  /** A proxy before the server that `url` names. */
  static async before(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    await proxy.restore();
    return proxy;
  }

  /** The same address by way of the proxy. */
  through(url: string): string {
    const proxied = new URL(url);
    proxied.host = `127.0.0.1:${this.port}`;
    return proxied.toString();
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(null)));
    this.server = null;
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  /** Listens again, on the same port; nothing when it was not cut. */
  async restore(): Promise<void> {
    if (this.server) return;
    const server = createServer((client) => this.join(client, connect(this.target)));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  private join(client: Socket, upstream: Socket): void {
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      this.open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.open.delete(from);
        to.destroy();
      });
    }
  }
}
