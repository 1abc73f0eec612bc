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
  fromPort: number;
  to: string;
}

/** The address of the server whose sshd has opened a connection; undefined when it was nobody's sshd. */
export function originOf(connection: ApiConnection, sshPort: number): string | undefined {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const address = lookFor(connection, sshPort);
    if (address !== undefined) return address;
  }
  return undefined;
}

function lookFor({ fromPort, to }: ApiConnection, sshPort: number): string | undefined {
  const sockets = tcpSockets();
  const outgoing = sockets.find(
    ({ port, peer, peerPort }) => port === fromPort && peer === to && peerPort === apiPort,
  );
  const holder = outgoing && processes().find((inodes) => inodes.has(outgoing.inode));
  return holder && sockets.find((socket) => socket.port === sshPort && holder.has(socket.inode))?.address;
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

/** The inodes of the sockets of each sshd. */
function processes(): ReadonlySet<string>[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && nameOf(name).startsWith("sshd"))
    .map(socketsOf);
}

function nameOf(processId: string): string {
  return unlessGone(() => readFileSync(`/proc/${processId}/comm`, "utf8")) ?? "";
}

function socketsOf(processId: string): ReadonlySet<string> {
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
