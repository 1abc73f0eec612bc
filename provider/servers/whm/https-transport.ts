import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "undici";
import { secondsAhead } from "../clock-difference";
import { type ErrorReporter, isServerError, ServerError, troubleText } from "../errors";
import type { Secret } from "../secret";
import { type ApiParameters, type CallOptions, type WhmApi, flatParameters } from "./api";
import { readReply, lostReply } from "./envelope";
import type { CallFailure, RawReply } from "./reply";
import { withVersion } from "./running-version";
import { type SecureConnection, TlsTrouble } from "./secure-connect";
import { secondsText } from "../seconds-text";

export interface HttpsTransportOptions {
  reporter: ErrorReporter;
  /** Host and port of the server, such as `ns1.example.com:2087`. */
  authority: string;
  /** Opens a connection on which the server's certificate has been checked. */
  connect: () => Promise<SecureConnection>;
  user: string;
  /** Resolves the token when it is needed. */
  token: () => Promise<Secret>;
  /**
   * Server from which the call is made with a token that it stores; by default this machine, with the provider's log-in.
   */
  calledFrom?: string;
  /** Maximum number of connections. @default 4 */
  mostConnections?: number;
  /** Seconds in which a reply must arrive. @default 60 */
  deadlineSeconds?: number;
}

/** Number of connections to one server; cpsrvd uses a process for each. */
const usualConnections = 4;
/** Milliseconds to wait before a read is retried. */
const pausesBetweenReads = [200, 800];
const largestReply = 32 * 1024 * 1024;

interface Request {
  phrase: string;
  functionName: string;
  body: string;
  options: CallOptions;
}

/** WHM API 1 over HTTPS, on connections that are kept open. */
export class HttpsTransport implements WhmApi {
  clockAhead: number | undefined;
  private pool: Promise<Pool> | undefined;
  /** A refused credential stays refused: trying again would feed the server's brute-force guard. */
  private refusal: CallFailure | undefined;

  constructor(private readonly options: HttpsTransportOptions) {}

  get server(): string {
    return this.options.reporter.server;
  }

  async call(
    phrase: string,
    functionName: string,
    parameters: ApiParameters,
    options: CallOptions,
  ): Promise<unknown> {
    if (this.refusal) throw this.error(phrase, this.refusal, options);
    // In the body, so that no value appears in the server's access log.
    const body = new URLSearchParams([["api.version", "1"], ...flatParameters(parameters)]).toString();
    const outcome = readReply(await this.deliver({ phrase, functionName, body, options }));
    if ("data" in outcome) return outcome.data;
    const failure = await this.explained(outcome.failure, functionName);
    if (failure.isFinal) this.refusal = failure;
    const isLost = options.mutation && failure.mayHaveHappened;
    throw this.error(phrase, isLost ? lostReply(failure.said, failure.wrote) : failure, options);
  }

  /** Drops all connections. */
  async close(): Promise<void> {
    const pool = await this.pool?.catch(() => undefined);
    await pool?.destroy();
  }

  /** Names the server's version in the failure for a function that it lacks. */
  private explained(failure: CallFailure, functionName: string): Promise<CallFailure> {
    const options = { mutation: false };
    const body = new URLSearchParams([["api.version", "1"]]).toString();
    const phrase = "read the version";
    return withVersion(failure, functionName, () =>
      this.deliver({ phrase, functionName: "version", body, options }),
    );
  }

  /** Sends a request. Reads are retried if the connection fails; a change is sent once. */
  private async deliver(request: Request): Promise<RawReply> {
    const pauses = request.options.mutation ? [] : pausesBetweenReads;
    for (const milliseconds of pauses) {
      try {
        return await this.send(request);
      } catch (error) {
        if (!isServerError(error, "unreachable", "connection-lost")) throw error;
        await pause(milliseconds);
      }
    }
    return this.send(request);
  }

  private async send({ phrase, functionName, body, options }: Request): Promise<RawReply> {
    const { user, deadlineSeconds = 60 } = this.options;
    const token = await this.options.token();
    const from = Date.now();
    try {
      this.pool ??= this.openPool();
      const pool = await this.pool;
      const reply = await pool.request({
        method: "POST",
        path: `/json-api/${functionName}`,
        headers: {
          authorization: `whm ${user}:${token.reveal()}`,
          "content-type": "application/x-www-form-urlencoded",
          accept: "application/json",
        },
        body,
        signal: AbortSignal.timeout(deadlineSeconds * 1000),
      });
      const shown = Date.parse(String(reply.headers["date"]));
      this.clockAhead = Number.isNaN(shown) ? undefined : secondsAhead(shown, from, Date.now());
      const { location, server } = reply.headers;
      return {
        status: reply.statusCode,
        body: await reply.body.text(),
        location: oneOf(location),
        program: oneOf(server),
      };
    } catch (error) {
      if (error instanceof ServerError) throw error;
      throw this.error(phrase, this.failure(error as Error, options), options);
    }
  }

  /** Opens the pool. The library is loaded on use: a preview that calls nothing need not wait for it. */
  private async openPool(): Promise<Pool> {
    const { authority, mostConnections, connect } = this.options;
    if (!URL.canParse(`https://${authority}`)) throw new TlsTrouble(noHost(authority));
    const { Pool } = await import("undici");
    return new Pool(`https://${authority}`, {
      connections: mostConnections ?? usualConnections,
      maxResponseSize: largestReply,
      connect: (_options, callback) => {
        connect().then(
          ({ socket }) => callback(null, socket),
          (error: Error) => callback(error, null),
        );
      },
    });
  }

  private failure(error: Error, { mutation }: CallOptions): CallFailure {
    if (error instanceof TlsTrouble) return error.failure;
    const isLate = error.name === "TimeoutError" || error.name.endsWith("TimeoutError");
    const said = isLate
      ? `no answer within ${secondsText(this.options.deadlineSeconds ?? 60)}`
      : troubleText(error);
    if (mutation) return lostReply(said);
    return isLate
      ? { code: "timed-out", said, wayOut: "Check the server's load and try again." }
      : {
          code: "connection-lost",
          said,
          wayOut: "Try again; see /usr/local/cpanel/logs/error_log on the server.",
        };
  }

  private error(phrase: string, failure: CallFailure, { secrets = [] }: CallOptions): ServerError {
    const { code, said, wrote, wayOut } = this.seenFromHere(failure);
    return this.options.reporter.error({ code, phrase, said, wrote, wayOut }, secrets);
  }

  /**
   * Adapts a failure for a token that another server stores: it is not the provider's log-in and is corrected elsewhere.
   */
  private seenFromHere(failure: CallFailure): CallFailure {
    const { calledFrom: from } = this.options;
    if (from === undefined) return failure;
    const said = failure.said === "" ? `called from ${from}` : `${failure.said} (called from ${from})`;
    if (failure.code !== "refused-credential") return { ...failure, said };
    return { ...failure, said, wayOut: refusedTokenWayOut(from, this.server) };
  }
}

/** Returns a header that a strange server may have sent several times. */
function oneOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function noHost(authority: string): CallFailure {
  return {
    code: "unreachable",
    said: `${authority} is not a host and a port`,
    wayOut:
      "Correct api.host, or the host of the connection: a name or an address alone, IPv6 without brackets.",
  };
}

function refusedTokenWayOut(from: string, to: string): string {
  return (
    `It is the token that ${from} stores for ${to}: it was revoked, has expired, belongs to another user, or its list ` +
    `of addresses lacks the one from which ${from} calls. Rotate it, or give the member another token.`
  );
}
