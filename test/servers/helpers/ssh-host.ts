import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { connect, createServer } from "node:net";
import { type Connection as SshClient, type Session, Server, type ServerChannel, utils } from "ssh2";
import type { Connection } from "../../../provider/schema/connection";
import { keyPair } from "./keys";

export interface SshHostOptions {
  password?: string;
  /** Whose log-in is accepted beside the password. @default a fresh one, which `connection` holds */
  clientKey?: { privateKey: string; publicKey: string };
  /** Called with the command line; writes to the channel and ends it. */
  onExec?: (command: string, channel: ServerChannel) => void;
  /** Called with the channel of the SFTP subsystem; speaks the protocol itself, or does not. */
  onSftp?: (channel: ServerChannel) => void;
  /** Path of an `sftp-server` program for the SFTP subsystem. */
  sftpServer?: string | undefined;
  /** How many sessions a connection may have at once, as sshd's MaxSessions. @default any number */
  maxSessions?: number;
  /** Milliseconds for which a session still counts after it has ended. @default 0 */
  sessionLingers?: number;
  forwarding?: boolean;
  /** Milliseconds that a log-in takes. */
  loginDelay?: number;
  hostKey?: { privateKey: string; publicKey: string };
}

/** A small SSH server on a free port, which counts what its clients do. */
export interface SshHost {
  connection: Connection;
  hostKey: { privateKey: string; publicKey: string };
  counts: {
    connections: number;
    logins: number;
    refusals: number;
    unauthenticated: number;
    mostUnauthenticated: number;
  };
  /** Cuts all connections, as a reboot does. */
  cut(): void;
  /** Waits until the next connection has closed. */
  closed(): Promise<void>;
  stop(): Promise<void>;
}

/** Counts of unauthenticated connections over several hosts. */
export const together = { unauthenticated: 0, most: 0 };

export async function startSshHost(options: SshHostOptions = {}): Promise<SshHost> {
  const hostKey = options.hostKey ?? keyPair();
  const user = options.clientKey ?? keyPair();
  const counts = { connections: 0, logins: 0, refusals: 0, unauthenticated: 0, mostUnauthenticated: 0 };
  const clients = new Set<SshClient>();
  const closings = new EventEmitter();
  const ssh = new Server({ hostKeys: [hostKey.privateKey] }, (client) => {
    clients.add(client);
    counts.connections += 1;
    let pending = true;
    together.most = Math.max(together.most, (together.unauthenticated += 1));
    const settle = (): void => {
      if (pending) together.unauthenticated -= 1;
      pending = false;
    };
    client.on("error", () => undefined);
    client.on("close", () => {
      settle();
      clients.delete(client);
      closings.emit("closed");
    });
    client.on("ready", () => {
      settle();
      counts.logins += 1;
    });
    authenticate(client, { options, publicKey: user.publicKey, counts });
    let sessions = 0;
    client.on("session", (accept, reject) => {
      if (sessions >= (options.maxSessions ?? Infinity)) return reject();
      sessions += 1;
      const free = (): void => void setTimeout(() => (sessions -= 1), options.sessionLingers ?? 0);
      serve(accept(), options, free);
    });
    if (options.forwarding) forward(client);
  });
  const server = createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = (): void => clients.forEach((client) => client.end());
  return {
    connection: {
      host: "127.0.0.1",
      port: (server.address() as { port: number }).port,
      user: "root",
      privateKey: user.privateKey,
      hostKey: hostKey.publicKey,
      dialErrorLimit: 1,
    },
    hostKey,
    counts,
    cut,
    closed: async () => void (await once(closings, "closed")),
    stop: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function authenticate(
  client: SshClient,
  { options, publicKey, counts }: { options: SshHostOptions; publicKey: string; counts: SshHost["counts"] },
): void {
  const allowed = utils.parseKey(publicKey);
  if (allowed instanceof Error) throw allowed;
  client.on("authentication", (attempt) => {
    const decide = (): void => {
      const byKey = attempt.method === "publickey" && allowed.getPublicSSH().equals(attempt.key.data);
      const byPassword = attempt.method === "password" && attempt.password === options.password;
      if (byKey || byPassword) return attempt.accept();
      counts.refusals += 1;
      attempt.reject(options.password === undefined ? ["publickey"] : ["publickey", "password"]);
    };
    setTimeout(decide, options.loginDelay ?? 0);
  });
}

function serve(session: Session, { onExec, onSftp, sftpServer }: SshHostOptions, onEnd: () => void): void {
  session.on("exec", (accept, reject, { command }) =>
    onExec ? onExec(command, accept().once("close", onEnd)) : reject(),
  );
  if (sftpServer === undefined && onSftp === undefined) return;
  // Not in ssh2's types: without an "sftp" listener the subsystem comes as an ordinary channel.
  (session as NodeJS.EventEmitter).on("subsystem", (accept: () => ServerChannel) => {
    const channel = accept().once("close", onEnd);
    if (onSftp || sftpServer === undefined) return onSftp?.(channel);
    const program = spawn(sftpServer, [], { stdio: ["pipe", "pipe", "ignore"] });
    channel.pipe(program.stdin);
    program.stdout.pipe(channel);
    channel.on("close", () => program.kill());
    program.stdin.on("error", () => undefined);
  });
}

function forward(client: SshClient): void {
  client.on("tcpip", (accept, reject, { destIP, destPort }) => {
    const socket = connect(destPort, destIP);
    socket.once("error", () => reject());
    socket.once("connect", () => {
      const channel = accept();
      channel.pipe(socket).pipe(channel);
      channel.on("close", () => socket.destroy());
    });
  });
}
