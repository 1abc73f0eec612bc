import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// A forwarded channel comes out of sshd on the machine that all servers share, from 127.0.0.1. Which server it stands
// for is what the kernel knows: the process that holds the socket also holds the SSH connection, and that one ends in
// the address of the server. With hundreds of servers a look at all of them would be most of what a run costs: it ends
// at the first that fits, and begins with the sessions that were opened last.

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
  const lines = readFileSync("/proc/net/tcp", "utf8").split("\n");
  const ends = `:${portInHex(fromPort)} ${addressInHex(to)}:${portInHex(apiPort)} `;
  const outgoing = lines.find((line) => line.includes(ends));
  const inode = outgoing && tcpSocket(outgoing).inode;
  if (inode === undefined) return undefined;
  for (const session of sessionsOf(sshd.processId)) {
    const held = socketsOf(session);
    if (held.has(inode)) return sessionAddress(lines, held, sshd.port);
  }
  return undefined;
}

/** The address at which a session was opened, by the sockets that it holds. */
function sessionAddress(
  lines: readonly string[],
  held: ReadonlySet<string>,
  port: number,
): string | undefined {
  const opened = `:${portInHex(port)} `;
  const sockets = lines.filter((line) => line.includes(opened)).map(tcpSocket);
  return sockets.find((socket) => socket.port === port && held.has(socket.inode))?.address;
}

function tcpSocket(line: string): { address: string; port: number; inode: string } {
  const fields = line.trim().split(/\s+/);
  const [address = "", port = ""] = (fields[1] ?? "").split(":");
  return { address: fromHex(address), port: parseInt(port, 16), inode: fields[9] ?? "" };
}

/** The kernel writes the four bytes as one number of the machine: last byte first. */
function fromHex(address: string): string {
  const bytes = address.match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => parseInt(byte, 16))
    .join(".");
}

function addressInHex(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return bytes.reverse().join("").toUpperCase();
}

function portInHex(port: number): string {
  return port.toString(16).padStart(4, "0").toUpperCase();
}

/**
 * The processes that an sshd has started, and those that they have started, the newest first: of every session only one
 * has sockets.
 */
function* sessionsOf(processId: number | undefined): Generator<number> {
  if (processId === undefined) return;
  const file = `/proc/${processId}/task/${processId}/children`;
  const children = unlessGone(() => readFileSync(file, "utf8")) ?? "";
  for (const id of children.split(" ").filter(Boolean).map(Number).reverse()) {
    yield* sessionsOf(id);
    yield id;
  }
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
