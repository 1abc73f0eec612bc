import { connect } from "node:net";
import type { ServerChannel, TcpipRequestInfo } from "ssh2";
import type { Ends, Network } from "./network";
import type { SimulatedServer } from "./simulated-server";

/** The two answers to a request for a forwarded channel. */
export interface ForwardAnswer {
  readonly accept: () => ServerChannel;
  readonly reject: () => void;
}

/** Connects a forwarded channel to the door behind a logical address. The door sees it as coming from this server. */
export function forward(
  server: SimulatedServer,
  network: Network,
  wanted: TcpipRequestInfo,
  answer: ForwardAnswer,
): void {
  const route = network.route(server, wanted.destIP, wanted.destPort);
  if (route === undefined) return answer.reject();
  const socket = connect({ host: "127.0.0.1", port: route.port, noDelay: true });
  let ends: Ends | undefined;
  // Once accepted, the channel ends with "close". Until then a rejection is the answer.
  socket.once("error", () => answer.reject());
  socket.once("connect", () => {
    ends = { remotePort: socket.localPort, localPort: route.port };
    network.rememberSource(ends, route.source);
    const channel = answer.accept();
    channel.on("error", () => socket.destroy());
    channel.once("close", () => socket.destroy());
    socket.on("error", () => channel.close());
    channel.pipe(socket).pipe(channel);
  });
  socket.once("close", () => {
    if (ends !== undefined) network.forgetSource(ends);
  });
}
