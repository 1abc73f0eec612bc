import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** What an SSH connection runs on: a TCP socket, or a channel through a bastion. */
export interface Line {
  stream: Duplex;
  /** While it is in use, the process stays alive for it. */
  ref(): void;
  /** An idle line keeps no process alive. */
  unref(): void;
}

/** Seconds of silence after which the system asks the other side whether it is still there. */
const keepAliveDelay = 15;

/** A TCP connection that is being made. */
export function tcpLine(host: string, port: number): Line {
  const socket = connect({ host, port });
  // Without this ssh2's small packets wait for each other: 44 ms a round trip.
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveDelay * 1000);
  return { stream: socket, ref: () => socket.ref(), unref: () => socket.unref() };
}
