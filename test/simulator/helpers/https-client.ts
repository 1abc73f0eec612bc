import { request, type Agent } from "node:https";
import type { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { Server } from "../../../provider/schema/server";

export interface Reply {
  readonly status: number;
  readonly phrase: string;
  readonly type: string;
  readonly text: string;
}

export interface CallOptions {
  /** Value of the `Authorization` header; null sends none. */
  readonly authorization?: string | null;
  readonly method?: "GET" | "POST";
  /** A connection to use instead of a new one to the door. */
  readonly over?: Duplex;
  readonly agent?: Agent;
}

/** Sends one request to `/json-api/` and gives the whole reply, whatever it is. */
export function call(server: Server, path: string, options: CallOptions = {}): Promise<Reply> {
  const { method = "GET", authorization = `whm root:${server.api?.token}` } = options;
  const [pathname = "", query = ""] = path.split("?");
  const post = method === "POST";
  const { over } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: server.api?.host,
        port: server.api?.port,
        path: `/json-api/${post ? pathname : path}`,
        method,
        rejectUnauthorized: false,
        ...(options.agent ? { agent: options.agent } : {}),
        ...(over ? { createConnection: () => connect({ socket: over, rejectUnauthorized: false }) } : {}),
        headers: {
          ...(authorization === null ? {} : { authorization }),
          ...(post ? { "content-type": "application/x-www-form-urlencoded" } : {}),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0, statusMessage = "", headers } = response;
          const text = Buffer.concat(chunks).toString();
          resolve({ status: statusCode, phrase: statusMessage, type: headers["content-type"] ?? "", text });
        });
      },
    );
    sent.on("error", reject);
    sent.end(post ? query : undefined);
  });
}

export interface Envelope {
  readonly data?: Record<string, unknown> | null;
  readonly metadata: {
    readonly command: string;
    readonly reason: string;
    readonly result: number;
    readonly version: number;
  };
}

/** Calls a WHM API 1 function and parses its envelope. */
export async function whm(
  server: Server,
  name: string,
  parameters: Record<string, string> = {},
  options: CallOptions = {},
): Promise<Envelope> {
  const query = new URLSearchParams({ "api.version": "1", ...parameters });
  const reply = await call(server, `${name}?${query.toString()}`, options);
  return JSON.parse(reply.text) as Envelope;
}
