import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// A forwarded channel comes out of sshd on the machine that all servers share, from 127.0.0.1. Which server it stands
// for is what the kernel knows: the process that holds the socket also holds the SSH connection, and that one ends in
// the address of the server.

/** The port to which channels are forwarded. */
const apiPort = 2087;

/** The kernel's lists change while they are read: what is not found is looked for again. */
const mostLooks = 3;

/** A connection to a server's API, by its two ends: one port may lead to several servers, one after the other. */
export interface ApiConnection {
  readonly fromPort: number;
  readonly to: string;
}

/** The sshd whose sessions are looked at. */
export interface Listening {
  readonly processId: number | undefined;
  readonly port: number;
}

/** The address of the server whose sshd has opened a connection; undefined when it was nobody's sshd. */
export function originOf(connection: ApiConnection, sshd: Listening): string | undefined {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const address = lookFor(connection, sshd);
    if (address !== undefined) return address;
  }
  return undefined;
}

function lookFor({ fromPort, to }: ApiConnection, sshd: Listening): string | undefined {
  const sockets = tcpSockets();
  const outgoing = sockets.find(
    ({ port, peer, peerPort }) => port === fromPort && peer === to && peerPort === apiPort,
  );
  if (!outgoing) return undefined;
  const holder = sessionsOf(sshd.processId)
    .map(socketsOf)
    .find((inodes) => inodes.has(outgoing.inode));
  return holder && sockets.find((socket) => socket.port === sshd.port && holder.has(socket.inode))?.address;
}

interface TcpSocket {
  readonly address: string;
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
  readonly inode: string;
}

function tcpSockets(): TcpSocket[] {
  const [, ...lines] = readFileSync("/proc/net/tcp", "utf8").trim().split("\n");
  return lines.map((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local = "", peer = ""] = fields;
    return {
      address: fromHex(local.slice(0, 8)),
      port: parseInt(local.slice(9), 16),
      peer: fromHex(peer.slice(0, 8)),
      peerPort: parseInt(peer.slice(9), 16),
      inode: fields[9] ?? "",
    };
  });
}

/** The kernel writes the four bytes as one number of the machine: last byte first. */
function fromHex(address: string): string {
  const bytes = address.match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => parseInt(byte, 16))
    .join(".");
}

/** The processes that an sshd has started, and those that they have started: of every session only one has sockets. */
function sessionsOf(processId: number | undefined): number[] {
  if (processId === undefined) return [];
  const file = `/proc/${processId}/task/${processId}/children`;
  const children = unlessGone(() => readFileSync(file, "utf8")) ?? "";
  const ids = children.split(" ").filter(Boolean).map(Number);
  return ids.flatMap((id) => [id, ...sessionsOf(id)]);
}

/** The inodes of a process's sockets. */
function socketsOf(processId: number): ReadonlySet<string> {
  const folder = `/proc/${processId}/fd`;
  const targets = (unlessGone(() => readdirSync(folder)) ?? []).map(
    (name) => unlessGone(() => readlinkSync(`${folder}/${name}`)) ?? "",
  );
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}

/** A process may end while it is looked at. */
function unlessGone<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
