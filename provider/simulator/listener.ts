import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Where to listen; port 0 takes a free one. */
export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
}

const anywhere: ListeningPlace = { host: "127.0.0.1", port: 0 };

/** A listening socket on loopback that can refuse connections for a while and tracks its connections. */
export class Listener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private boundPort = 0;
  /** Settles when the port that was last resumed listens. */
  private resumed = Promise.resolve();
  /** Keeps the port while it refuses, so that no other program of this machine is given it. */
  private holder: Socket | undefined;

  constructor(
    onConnection: (socket: Socket) => void,
    private readonly place = anywhere,
  ) {
    this.server = createServer({ noDelay: true }, (socket) => {
      this.sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => this.sockets.delete(socket));
      onConnection(socket);
    });
  }

  get port(): number {
    return this.boundPort;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(this.place, () => {
        this.server.off("error", reject);
        resolve();
      });
    });
    this.boundPort = (this.server.address() as AddressInfo).port;
  }

  /** Finds the connection from a remote port. */
  socketFrom(remotePort: number): Socket | undefined {
    return [...this.sockets].find((socket) => socket.remotePort === remotePort);
  }

  /** Closes the port and every connection. The system then refuses new ones. */
  refuse(): void {
    if (this.server.listening) {
      this.server.close();
      this.holder = selfConnected(this.place.host, this.boundPort);
    }
    for (const socket of this.sockets) socket.destroy();
  }

  /** Listens again on the same port. */
  resume(): void {
    if (this.server.listening) return;
    this.resumed = new Promise((resolve) => {
      this.server.listen({ ...this.place, port: this.boundPort }, () => {
        this.release();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    // A port that begins to listen only after this would stay open.
    await this.resumed;
    this.release();
    const closed = new Promise<void>((resolve) =>
      this.server.listening ? this.server.close(() => resolve()) : resolve(),
    );
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private release(): void {
    this.holder?.resetAndDestroy();
    this.holder = undefined;
  }
}

/** A connection from a port to itself: as long as it is there, the system gives the port to nobody who asks for a free one. */
function selfConnected(host: string, port: number): Socket {
  const socket = connect({ host, port, localAddress: host, localPort: port });
  return socket.on("error", () => undefined).unref();
}
