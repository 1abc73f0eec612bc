import { redact, type Secret } from "./secret";

/** All ways in which communication with a server fails. */
export const serverErrorCodes = [
  "unreachable",
  "timed-out",
  "connection-lost",
  "reply-lost",
  "unknown-host-key",
  "changed-host-key",
  "untrusted-certificate",
  "missing-credential",
  "refused-credential",
  "missing-privilege",
  "unknown-function",
  "unexpected-reply",
  "refused-by-server",
  "file-error",
  "forwarding-refused",
  "unknown-server",
  "unsupported-version",
  "exists-already",
  "differs",
  "not-whm",
  "another-server",
  "damaged-register",
  "in-use",
  "expired",
  "feeds-back",
  "clustering-off",
  "own-address",
  "not-confirmed",
  "invalid-value",
] as const;

export type ServerErrorCode = (typeof serverErrorCodes)[number];

export interface ServerErrorDetails {
  code: ServerErrorCode;
  /** Name of the server, as the user wrote it. */
  server: string;
  /** Description of the attempt, to follow "Failed to". */
  phrase: string;
  /** What the server, the network or the library said. Must contain no secret: see `redact`. */
  said: string;
  /** What the user can do about it, in whole sentences. */
  wayOut: string;
  cause?: unknown;
}

const longestQuote = 300;

/**
 * A server could not be asked, or it refused. Everything in this folder throws it, with a code for programs and a
 * sentence for people. Not used for a malformed configuration, which fails before a server is contacted.
 */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly code: ServerErrorCode;
  readonly server: string;
  readonly phrase: string;
  readonly said: string;
  readonly wayOut: string;

  constructor({ code, server, phrase, said, wayOut, cause }: ServerErrorDetails) {
    const quote = asQuote(said);
    super(`Failed to ${phrase} on ${server}: ${quote} [${code}]. ${wayOut}`, { cause });
    this.code = code;
    this.server = server;
    this.phrase = phrase;
    this.said = quote;
    this.wayOut = wayOut;
  }
}

/** Whether an error is a ServerError, with one of the given codes if there are any. */
export function isServerError(error: unknown, ...codes: readonly ServerErrorCode[]): error is ServerError {
  return error instanceof ServerError && (codes.length === 0 || codes.includes(error.code));
}

/**
 * Makes one line without control characters, cut to a readable length, without a final full stop: the sentence adds one.
 */
function asQuote(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const short = line.length > longestQuote ? `${line.slice(0, longestQuote).trimEnd()}…` : line;
  return short.replace(/\.+$/, "") || "nothing";
}

/** Makes the errors of one server and keeps the secrets used with it out of them. */
export class ErrorReporter {
  readonly #secrets = new Set<Secret>();

  constructor(readonly server: string) {}

  /** Replaces the secret by stars in every error from now on. */
  hide(secret: Secret): Secret {
    this.#secrets.add(secret);
    return secret;
  }

  error(details: Omit<ServerErrorDetails, "server">, alsoHidden: readonly Secret[] = []): ServerError {
    const said = redact(details.said, [...this.#secrets, ...alsoHidden]);
    return new ServerError({ ...details, server: this.server, said });
  }
}

/**
 * Returns the message of one of Node's errors. The error that combines several, for a host name with several addresses,
 * has none itself; the errors in it do.
 */
export function troubleText(error: Error): string {
  if (error.message !== "") return error.message;
  const each = error instanceof AggregateError ? (error.errors as Error[]).map(({ message }) => message) : [];
  const said = [...new Set(each)].filter((text) => text !== "").join("; ");
  return said || ((error as NodeJS.ErrnoException).code ?? error.name);
}
