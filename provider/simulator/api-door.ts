import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import { BrokenBatchError } from "./api/batch";
import { describeCall, runFunction } from "./api/run";
import {
  accessDenied,
  envelopeReply,
  internalError,
  legacyReply,
  loginPage,
  notFound,
  type HttpReply,
} from "./api-replies";
import { authenticate, forgetToken } from "./authenticate";
import type { Certificate } from "./credentials";
import type { Effect, FaultSet } from "./faults";
import { Listener, type ListeningPlace } from "./listener";
import { administratorAddress } from "./options";
import type { Ends } from "./network";
import { Parameters } from "./parameters";
import { pause } from "./pause";
import type { SimulatedServer } from "./simulated-server";

/** A request with its body. */
interface Request {
  readonly path: string;
  readonly parameters: Parameters;
  readonly authorization: string | undefined;
  /** Returns where it comes from. Asked only to check a token's address list. */
  readonly source: () => string;
}

/** Knows from which server a forwarded connection comes. */
export interface Sources {
  /** Returns the logical address behind a connection; undefined for a direct connection. */
  sourceOf(ends: Ends): string | undefined;
  /** Whether a connection may come in at all. @default all may */
  admits?(ends: Ends): boolean;
}

/** HTTPS door of a server: WHM API 1 under `/json-api/`. */
export class ApiDoor {
  readonly listener: Listener;
  private readonly https: Server;

  constructor(
    private readonly server: SimulatedServer,
    certificate: Certificate,
    private readonly sources: Sources,
    place?: ListeningPlace,
  ) {
    this.https = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
      this.serve(request, response).catch(() => request.socket.destroy());
    });
    this.https.on("tlsClientError", () => undefined);
    this.listener = new Listener((socket) => {
      if (sources.admits?.(socket) === false) return void socket.destroy();
      server.announceConnection();
      const isSilent = server.faults.inject("api", "connect", ["silent"]).has("silent");
      if (!isSilent) this.https.emit("connection", socket);
    }, place);
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await this.read(message);
    const call = this.describe(request);
    this.server.record("api", call);
    const faults = this.server.faults.inject("api", call.operation);
    if (faults.delay > 0) await pause(faults.delay);
    if (faults.has("silent")) return;
    if (faults.has("reset")) return void message.socket.destroy();
    const reply = cannedReply(faults) ?? this.answer(request, faults.effect);
    if (faults.has("forgetful")) forgetToken(this.server, request.authorization ?? "");
    if (faults.has("reset-after")) return void message.socket.destroy();
    response.setHeader("date", new Date(this.server.world.now()).toUTCString());
    send(response, reply, faults.has("truncated"));
  }

  private async read(message: IncomingMessage): Promise<Request> {
    const { remotePort, localPort } = message.socket;
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const url = new URL(message.url ?? "/", "https://server");
    const values = new URLSearchParams(url.search);
    new URLSearchParams(Buffer.concat(chunks).toString("utf8")).forEach((value, name) =>
      values.append(name, value),
    );
    return {
      path: url.pathname,
      parameters: new Parameters(values),
      authorization: message.headers.authorization,
      source: () => this.sources.sourceOf({ remotePort, localPort }) ?? administratorAddress,
    };
  }

  private describe({ path, parameters }: Request): { operation: string; target: string; write: boolean } {
    const name = functionIn(path);
    return name === undefined
      ? { operation: "page", target: path, write: false }
      : describeCall(this.server, name, parameters);
  }

  private answer(request: Request, effect: Effect): HttpReply {
    const name = functionIn(request.path);
    if (name === undefined) return request.path === "/" ? loginPage(200, "OK") : notFound;
    if (request.authorization === undefined) return loginPage(401, "Unauthorized");
    const caller = authenticate(this.server, request.authorization, request.source);
    if (caller === undefined) return accessDenied;
    if (request.parameters.get("api.version") !== "1") return legacyReply;
    try {
      return envelopeReply(
        runFunction(this.server, { name, parameters: request.parameters, caller, effect }),
      );
    } catch (error) {
      if (error instanceof BrokenBatchError) return internalError;
      throw error;
    }
  }
}

function functionIn(path: string): string | undefined {
  return /^\/json-api\/([^/]+)$/.exec(path)?.[1];
}

function cannedReply(faults: FaultSet): HttpReply | undefined {
  if (faults.has("html")) return loginPage(200, "OK");
  if (faults.has("legacy-403")) return accessDenied;
  return faults.has("error-500") ? internalError : undefined;
}

function send(response: ServerResponse, reply: HttpReply, truncated: boolean): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, reply.phrase, {
    "content-type": reply.type,
    "content-length": body.length,
  });
  if (!truncated) return void response.end(body);
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroySoon());
}
