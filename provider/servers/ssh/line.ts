import { connect, isIP } from "node:net";
import type { Duplex } from "node:stream";
import type { DialProgress } from "./dial-progress";

/** Transport of an SSH connection: a TCP socket, or a channel through a bastion. */
export interface Line {
  stream: Duplex;
  /** Keeps the process alive while the line is in use. */
  ref(): void;
  /** Lets the process end while the line is idle. */
  unref(): void;
}

/** Seconds of silence after which the system checks whether the other side is still there. */
const keepAliveDelay = 15;

/** Opens a TCP connection. */
export function tcpLine(host: string, port: number, progress: DialProgress): Line {
  const socket = connect({ host, port });
  if (isIP(host)) progress.pass("name");
  socket.on("lookup", (error) => {
    if (!error) progress.pass("name");
  });
  socket.on("connect", () => progress.pass("port"));
  // Otherwise ssh2's small packets wait for each other: 44 ms a round trip.
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveDelay * 1000);
  return { stream: socket, ref: () => socket.ref(), unref: () => socket.unref() };
}
