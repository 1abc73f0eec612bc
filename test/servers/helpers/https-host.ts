import { X509Certificate } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { generate } from "selfsigned";

export interface ReceivedCall {
  path: string;
  method: string;
  authorization: string | undefined;
  parameters: URLSearchParams;
}

/** A small HTTPS server on a free port that remembers its calls. */
export interface HttpsHost {
  port: number;
  certificate: string;
  fingerprint: string;
  calls: ReceivedCall[];
  connections: () => number;
  stop(): Promise<void>;
}

export type Answer = (response: ServerResponse, call: ReceivedCall, request: IncomingMessage) => void;

export async function startHttpsHost(answer: Answer): Promise<HttpsHost> {
  const pair = await generate([{ name: "commonName", value: "ns1.example.com" }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "ns1.example.com" }] }],
  });
  const calls: ReceivedCall[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ key: pair.private, cert: pair.cert }, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const call = {
        path: request.url ?? "",
        method: request.method ?? "",
        authorization: request.headers.authorization,
        parameters: new URLSearchParams(Buffer.concat(parts).toString()),
      };
      calls.push(call);
      answer(response, call, request);
    });
  });
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificate: pair.cert,
    fingerprint: new X509Certificate(pair.cert).fingerprint256,
    calls,
    connections: () => connections,
    stop: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers with a successful WHM API 1 envelope. */
export function succeed(response: ServerResponse, data: unknown): void {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ data, metadata: { version: 1, command: "x", reason: "OK", result: 1 } }));
}
