import type { Socket } from "node:net";
import { Server, utils, type AuthContext, type Connection, type ParsedKey, type Session } from "ssh2";
import { makeKeyPair, type KeyPair } from "./credentials";
import { serveExec } from "./exec-door";
import { forward } from "./forwarding";
import { Listener } from "./listener";
import type { Network } from "./network";
import { pause } from "./pause";
import { SftpDoor } from "./sftp-door";
import type { SimulatedServer } from "./simulated-server";
import type { VirtualFiles } from "./virtual-files";

/** Keys for log-ins. */
export interface LoginKeys {
  /** Key of the server. */
  readonly host: KeyPair;
  /** Public key with which root logs in. */
  readonly client: string;
}

/** SSH door of a server: file transfer, commands and forwarded channels. */
export class SshDoor {
  readonly listener: Listener;
  private readonly honest: Server;
  private impostor: Server | undefined;
  private readonly clientKey: ParsedKey;
  private readonly connections = new Set<Connection>();

  constructor(
    private readonly server: SimulatedServer,
    private readonly files: VirtualFiles,
    keys: LoginKeys,
    private readonly network: Network,
  ) {
    this.clientKey = parsePublicKey(keys.client);
    this.honest = this.makeServer(keys.host);
    this.listener = new Listener((socket) => this.welcome(socket));
  }

  /** Adapts open connections to the faults planned now. */
  applyFaults(): void {
    for (const connection of this.connections) this.offerForwarding(connection);
  }

  private welcome(socket: Socket): void {
    this.server.record("ssh", { operation: "connect", target: "", write: false });
    const faults = this.server.faults.inject("ssh", "connect", ["silent", "host-key-changed"]);
    if (faults.has("silent")) return;
    if (faults.has("host-key-changed")) this.impostor ??= this.makeServer(makeKeyPair());
    (faults.has("host-key-changed") ? this.impostor : this.honest)?.injectSocket(socket);
  }

  private makeServer(hostKey: KeyPair): Server {
    return new Server({ hostKeys: [hostKey.privateKey], ident: "whm-simulator" }, (connection, { port }) => {
      this.serve(connection, () => this.listener.socketFrom(port)?.destroy());
    });
  }

  private serve(connection: Connection, drop: () => void): void {
    this.connections.add(connection);
    connection.on("error", () => undefined);
    connection.once("close", () => this.connections.delete(connection));
    connection.on("authentication", (login) => this.judge(login));
    connection.on("session", (accept) => this.serveSession(accept(), drop));
    this.offerForwarding(connection);
  }

  private judge(login: AuthContext): void {
    if (this.isAllowed(login)) {
      // A key is first offered without a signature. Only the signed request logs in.
      const isLogin = login.method !== "publickey" || login.signature !== undefined;
      if (isLogin) this.server.record("ssh", { operation: "login", target: "root", write: false });
      return login.accept();
    }
    login.reject(["publickey", "password"]);
  }

  private isAllowed(login: AuthContext): boolean {
    if (login.username !== "root") return false;
    if (login.method === "password") {
      return this.server.options.password !== undefined && login.password === this.server.options.password;
    }
    if (login.method !== "publickey" || !this.clientKey.getPublicSSH().equals(login.key.data)) return false;
    if (login.signature === undefined || login.blob === undefined) return true;
    return this.clientKey.verify(login.blob, login.signature, login.hashAlgo) === true;
  }

  private serveSession(session: Session, drop: () => void): void {
    session.on("env", (accept: (() => void) | undefined) => accept?.());
    session.on("sftp", (accept) => void new SftpDoor(this.server, this.files, accept(), drop));
    session.on("exec", (accept, _, { command }) => {
      serveExec(command, accept(), { server: this.server, network: this.network, drop }).catch(drop);
    });
  }

  /** Offers forwarding. Without a listener ssh2 answers like sshd if that is forbidden: administratively prohibited. */
  private offerForwarding(connection: Connection): void {
    connection.removeAllListeners("tcpip");
    if (this.server.faults.isPlanned("no-forwarding", "ssh")) return;
    connection.on("tcpip", (accept, reject, wanted) => {
      const target = `${wanted.destIP}:${wanted.destPort}`;
      this.server.record("ssh", { operation: "forward", target, write: false });
      const faults = this.server.faults.inject("ssh", "forward", ["silent", "slow"]);
      if (faults.has("silent")) return;
      const go = (): void => forward(this.server, this.network, wanted, { accept, reject });
      if (faults.delay === 0) go();
      else void pause(faults.delay).then(go);
    });
  }
}

function parsePublicKey(line: string): ParsedKey {
  const key = utils.parseKey(line);
  if (key instanceof Error) throw key;
  return key;
}
